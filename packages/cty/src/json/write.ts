import { numeralText } from '../numeral.ts'
import { byCodePoint } from '../text.ts'
import { descend, fail, type Trail } from '../trail.ts'
import type { Type } from '../type.ts'
import { typeName } from '../type-name.ts'
import { type Numeral, unknown, type Value } from '../value.ts'
import { quote } from './quote.ts'
import { typeToJson } from './type.ts'

/**
 * A value in JSON, as go-cty writes and reads it: numbers in plain decimal, names sorted. Where `type` is `dynamic`
 * the value's own type goes with it: `{"value":V,"type":T}`. So `valueToJson(value, dynamic)` is the form that
 * carries its type, in which configuration travels to plugins.
 *
 * @throws CtyError `not-known` for unknown values, `wrong-type` when the value is not of the type, `too-deep`.
 * @example
 * valueToJson(numberValue(1.5), dynamic) // → '{"value":1.5,"type":"number"}'
 */
export function valueToJson(value: Value, type: Type = value.type): string {
  return write(value, type, undefined)
}

function write(value: Value, type: Type, trail: Trail | undefined): string {
  if (type.kind === 'dynamic' && value.type.kind !== 'dynamic') {
    return `{"value":${write(value, value.type, trail)},"type":${typeToJson(value.type)}}`
  }
  if (type.kind !== value.type.kind && value.type.kind !== 'dynamic') throw mismatch(value, type, trail)
  if (value.content === null) return 'null'
  if (value.content === unknown) {
    throw fail('not-known', 'the value is not known yet, and JSON cannot say so; wait until it is', trail)
  }
  return writeKnown(value, type, trail)
}

function writeKnown(value: Value, type: Type, trail: Trail | undefined): string {
  const { content } = value
  switch (type.kind) {
    case 'string':
      return quote(content as string)
    case 'number':
      return numeralText(content as Numeral)
    case 'list':
    case 'set':
      return writeArray(content as readonly Value[], () => type.element, trail)
    case 'tuple':
      if (type.elements.length !== (content as readonly Value[]).length) throw mismatch(value, type, trail)
      return writeArray(content as readonly Value[], (index) => type.elements[index]!, trail)
    case 'map':
      return writeRecord(content as Members, Object.keys(content as Members), () => type.element, trail)
    case 'object':
      return writeObject(content as Members, type.attributes, trail)
    default:
      return String(content)
  }
}

type Members = Readonly<Record<string, Value>>

function writeArray(
  values: readonly Value[],
  typeAt: (index: number) => Type,
  trail: Trail | undefined,
): string {
  return `[${values.map((value, index) => write(value, typeAt(index), descend(trail, index))).join()}]`
}

function writeObject(
  content: Members,
  attributes: Readonly<Record<string, Type>>,
  trail: Trail | undefined,
): string {
  for (const name of Object.keys(content)) {
    if (!Object.hasOwn(attributes, name))
      throw fail('unexpected-attribute', 'the type has no such attribute', descend(trail, name))
  }
  for (const name of Object.keys(attributes)) {
    if (!Object.hasOwn(content, name))
      throw fail('missing-attribute', 'the type has this attribute, the value not', descend(trail, name))
  }
  return writeRecord(content, Object.keys(attributes), (name) => attributes[name]!, trail)
}

function writeRecord(
  content: Members,
  names: string[],
  typeOf: (name: string) => Type,
  trail: Trail | undefined,
): string {
  const members = names
    .sort(byCodePoint)
    .map((name) => `${quote(name)}:${write(content[name]!, typeOf(name), descend(trail, name))}`)
  return `{${members.join()}}`
}

function mismatch(value: Value, type: Type, trail: Trail | undefined): Error {
  return fail(
    'wrong-type',
    `${typeName(type)} required, not ${typeName(value.type)}; convert the value first`,
    trail,
  )
}
