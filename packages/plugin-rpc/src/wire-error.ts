/**
 * Why bytes could not be read or a value not be written:
 * - `wire.truncated`: the bytes end before the value does,
 * - `wire.malformed`: the bytes are not what their format demands,
 * - `wire.limit`: a length, depth or count beyond a named limit,
 * - `wire.unsupported`: well-formed, but the other end's format or ours has no way to say it.
 *
 * Why a connection did not carry what was expected of it:
 * - `wire.lost`: it ended, or the stream was closed, before that,
 * - `wire.reset`: the other end gave the stream up,
 * - `wire.timeout`: the other end did not answer in time,
 * - `wire.refused`: the other end, or this one, opens no more streams.
 */
export type WireErrorCode =
  | 'wire.truncated'
  | 'wire.malformed'
  | 'wire.limit'
  | 'wire.unsupported'
  | 'wire.lost'
  | 'wire.reset'
  | 'wire.timeout'
  | 'wire.refused'

/** What every decoder, encoder and connection of the wire throws, and nothing else. */
export class WireError extends Error {
  override readonly name = 'WireError'
  readonly code: WireErrorCode

  constructor(code: WireErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
