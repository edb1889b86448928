export {
  boolValue,
  listValue,
  mapValue,
  nullValue,
  numberValue,
  objectValue,
  setValue,
  stringValue,
  tupleValue,
  unknownValue,
} from './construct.ts'
export { canConvert, type Safety } from './convert/can-convert.ts'
export { convert } from './convert/convert.ts'
export { unify } from './convert/unify.ts'
export { CtyError, type CtyErrorCode, type Path, showPath } from './error.ts'
export { valueFromJson } from './json/decode.ts'
export { typeFromJson, typeToJson } from './json/type.ts'
export { valueToJson } from './json/write.ts'
export { isWhollyKnown } from './known.ts'
export {
  MAX_DEPTH,
  MAX_JSON_DEPTH,
  MAX_JSON_LENGTH,
  MAX_JSON_VALUES,
  MAX_NUMBER_DIGITS,
  MAX_UNIFIED_TYPES,
} from './limits.ts'
export { compareNumerals, normalNumeral, numeralText, numeralToNumber, parseNumeral } from './numeral.ts'
export { withoutOptional } from './optional.ts'
export { fromPlain, type Plain, toPlain } from './plain.ts'
export { sameType, sameValue } from './same.ts'
export { bool, dynamic, list, map, number, object, set, string, type Type, tuple } from './type.ts'
export { typeName } from './type-name.ts'
export { type Content, type Numeral, unknown, type Value } from './value.ts'
