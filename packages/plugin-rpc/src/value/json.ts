import { dynamic, type Value, valueFromJson, valueToJson } from '@ingot/cty'
import { decodeUtf8, encodeUtf8 } from '../utf8.ts'
import { asWireError } from './cty-failure.ts'

/**
 * A configuration value as `Prepare` and `Configure` carry it, with or without `--protobuf`: the JSON text
 * `{"value":V,"type":T}`, to be sent as MessagePack bin (a str would reach a Go plugin as a mere string).
 *
 * @throws WireError `wire.unsupported` when something in the value is unknown, naming where.
 */
export function encodeDynamicJson(value: Value): Uint8Array {
  return asWireError('wire.unsupported', () => encodeUtf8(valueToJson(value, dynamic)))
}

/**
 * Reads a configuration value; the members of the JSON may come in either order.
 *
 * @throws WireError when the bytes are no such JSON or beyond the limits of `@ingot/cty`.
 */
export function decodeDynamicJson(bytes: Uint8Array): Value {
  return asWireError('wire.malformed', () => valueFromJson(decodeUtf8(bytes), dynamic))
}
