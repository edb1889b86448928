import { CtyError } from './error.ts'
import { normalNumeral } from './numeral.ts'
import { sameType } from './same.ts'
import { setMembers } from './set-members.ts'
import { normalText } from './text.ts'
import { bool, list, map, number, object, set, string, type Type, tuple } from './type.ts'
import { typeName } from './type-name.ts'
import { type Numeral, unknown, type Value } from './value.ts'

/** A string, in Unicode normal form C as everywhere in HCL. */
export const stringValue = (text: string): Value => ({ type: string, content: normalText(text) })

/**
 * A number, in normal form.
 *
 * @throws CtyError `bad-number` for NaN, infinities and text that is no number.
 */
export const numberValue = (numeral: Numeral): Value => ({ type: number, content: normalNumeral(numeral) })

/** True or false. */
export const boolValue = (truth: boolean): Value => ({ type: bool, content: truth })

/** The null of a type. */
export const nullValue = (type: Type): Value => ({ type, content: null })

/** A value of the type that is not known yet. */
export const unknownValue = (type: Type): Value => ({ type, content: unknown })

/**
 * A list whose members are all of the element type; nulls and unknowns without a type take it on.
 *
 * @throws CtyError `wrong-type` when a member is of another type.
 * @example
 * listValue(string, [nullValue(dynamic)]) // → listValue(string, [nullValue(string)])
 */
export function listValue(element: Type, values: readonly Value[]): Value {
  return { type: list(element), content: values.map((value, index) => member(element, value, index)) }
}

/**
 * A set: like a list, but each value once, and in a settled order (strings by code point, numbers by size, nulls last).
 *
 * @throws CtyError `wrong-type` when a member is of another type.
 */
export function setValue(element: Type, values: readonly Value[]): Value {
  const members = values.map((value, index) => member(element, value, index))
  return { type: set(element), content: setMembers(members) }
}

/**
 * A map whose members are all of the element type.
 *
 * @throws CtyError `wrong-type` when a member is of another type.
 */
export function mapValue(element: Type, entries: Readonly<Record<string, Value>>): Value {
  const content = Object.entries(entries).map(([key, value]) => [
    normalText(key),
    member(element, value, key),
  ])
  return { type: map(element), content: Object.fromEntries(content) }
}

/** A tuple: its type follows from its values. */
export function tupleValue(values: readonly Value[]): Value {
  return { type: tuple(values.map((value) => value.type)), content: [...values] }
}

/** An object: its type follows from its attributes. */
export function objectValue(attributes: Readonly<Record<string, Value>>): Value {
  const content = Object.entries(attributes).map(([name, value]): [string, Value] => [
    normalText(name),
    value,
  ])
  const types = content.map(([name, value]) => [name, value.type])
  return { type: object(Object.fromEntries(types)), content: Object.fromEntries(content) }
}

function member(element: Type, value: Value, step: string | number): Value {
  if (sameType(value.type, element)) return value
  if (value.type.kind === 'dynamic') return { type: element, content: value.content }
  const reason = `${typeName(element)} required, not ${typeName(value.type)}; convert the value first`
  throw new CtyError('wrong-type', reason, [step])
}
