import {
  dynamic,
  type Numeral,
  normalNumeral,
  numeralText,
  type Type,
  typeToJson,
  unknown,
  type Value,
} from '@ingot/cty'
import { Extension, encodeMessagePack } from '../message-pack/encode.ts'
import { encodeUtf8 } from '../utf8.ts'
import { membersIn, numeralIn, type RecordType, sequenceIn, textIn, truthIn, unlike } from './content.ts'
import { asWireError } from './cty-failure.ts'
import { bitLength, decimalOf, exactBinary } from './decimal.ts'
import { descend, type Trail } from './trail.ts'

/** How go-cty writes a value that is not known yet. */
const UNKNOWN = new Extension(0, Uint8Array.of(0))

const MAX_INT64 = 2n ** 63n - 1n
const MIN_INT64 = -(2n ** 63n)

/**
 * The result of `Datasource.Execute` from a plugin started with `--protobuf`: the type as JSON, then the value, each
 * number in the first of 64-bit integer, double and decimal text that keeps all its digits.
 *
 * @throws WireError `wire.unsupported` when the value is not of its own type, naming where.
 */
export function encodeValueMsgpack(value: Value): Uint8Array {
  return asWireError('wire.unsupported', () => encodeMessagePack(plain(value, dynamic, undefined)))
}

type Plain =
  | null
  | string
  | boolean
  | number
  | bigint
  | Uint8Array
  | Extension
  | Plain[]
  | { [key: string]: Plain }

function plain(value: Value, type: Type, trail: Trail | undefined): Plain {
  if (type.kind === 'dynamic' && value.type.kind !== 'dynamic')
    return [encodeUtf8(typeToJson(value.type)), plain(value, value.type, trail)]
  if (value.content === null) return null
  if (value.content === unknown) return UNKNOWN
  switch (type.kind) {
    case 'dynamic':
      throw unlike(value, 'null', trail)
    case 'string':
      return textIn(value, trail)
    case 'bool':
      return truthIn(value, trail)
    case 'number':
      return plainNumber(numeralIn(value, trail))
    case 'map':
    case 'object':
      return plainRecord(value, type, trail)
    default:
      return sequenceIn(value, type, trail).map(([member, inner], index) =>
        plain(member, inner, descend(trail, index)),
      )
  }
}

function plainRecord(value: Value, type: RecordType, trail: Trail | undefined): Plain {
  const members = membersIn(value, type, trail)
  return Object.fromEntries(
    members.map(([name, member, inner]) => [name, plain(member, inner, descend(trail, name))]),
  )
}

function plainNumber(numeral: Numeral): Plain {
  const normal = normalNumeral(numeral)
  if (typeof normal === 'object') return normal.decimal
  if (typeof normal === 'number') return isExactDouble(normal) ? normal : numeralText(normal)
  // Go prints a double with no more digits than tell it from the next one, so larger integers go as text.
  return normal >= MIN_INT64 && normal <= MAX_INT64 ? normal : numeralText(normal)
}

// A fraction such as 0.1 stands for its decimal, of which the double is only an approximation.
function isExactDouble(normal: number): boolean {
  if (Number.isSafeInteger(normal)) return true
  const binary = exactBinary(decimalOf(normal))
  return binary !== undefined && bitLength(binary.mantissa) <= 53
}
