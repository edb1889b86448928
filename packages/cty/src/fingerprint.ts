import { numeralText } from './numeral.ts'
import { byCodePoint } from './text.ts'
import { descend, type Trail } from './trail.ts'
import { type Numeral, unknown, type Value } from './value.ts'

/** A text that two values of one type share exactly when their content is the same. */
export function fingerprint(value: Value, trail?: Trail): string {
  const { content } = value
  if (content === null) return '~'
  if (content === unknown) return '?'
  switch (value.type.kind) {
    case 'string':
      return JSON.stringify(content)
    case 'number':
      return numeralText(content as Numeral)
    case 'list':
    case 'tuple':
      return `[${members(content as readonly Value[], trail).join()}]`
    case 'set':
      return `[${members(content as readonly Value[], trail)
        .sort(byCodePoint)
        .join()}]`
    case 'map':
    case 'object':
      return `{${entries(content as Readonly<Record<string, Value>>, trail).join()}}`
    default:
      return String(content)
  }
}

const members = (values: readonly Value[], trail: Trail | undefined): string[] =>
  values.map((value, index) => fingerprint(value, descend(trail, index)))

const entries = (record: Readonly<Record<string, Value>>, trail: Trail | undefined): string[] =>
  Object.keys(record)
    .sort(byCodePoint)
    .map((name) => `${JSON.stringify(name)}:${fingerprint(record[name]!, descend(trail, name))}`)
