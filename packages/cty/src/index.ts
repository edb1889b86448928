export { bool, dynamic, list, map, number, object, set, string, type Type, tuple } from './type.ts'
export { type Content, type Numeral, unknown, type Value } from './value.ts'
