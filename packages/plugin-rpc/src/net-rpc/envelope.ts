import { decodeMessagePack } from '../message-pack/decode.ts'
import { encodeMessagePack } from '../message-pack/encode.ts'
import { WireError } from '../wire-error.ts'

/*
 * A call is two values, a header and the argument; so is its answer. Nothing else is between calls.
 */

export interface RequestHeader {
  /** Service and method: `Builder.Run`. */
  readonly method: string
  /** Chosen by the caller; the answer repeats it. */
  readonly sequence: number
}

export interface ResponseHeader extends RequestHeader {
  /** Empty where the call succeeded. */
  readonly error: string
}

export function encodeRequest({ method, sequence }: RequestHeader, argument: unknown): Uint8Array {
  return encodeMessagePack({ ServiceMethod: method, Seq: sequence }, argument)
}

export function encodeResponse({ method, sequence, error }: ResponseHeader, reply: unknown): Uint8Array {
  return encodeMessagePack({ ServiceMethod: method, Seq: sequence, Error: error }, reply)
}

/** Throws a `WireError` for what is no header. */
export function decodeRequestHeader(bytes: Uint8Array): RequestHeader {
  return requestHeader(headerFields(bytes))
}

/** Throws a `WireError` for what is no header. */
export function decodeResponseHeader(bytes: Uint8Array): ResponseHeader {
  const fields = headerFields(bytes)
  const error = fields['Error'] ?? ''
  if (typeof error !== 'string') throw malformed()
  return { ...requestHeader(fields), error }
}

function headerFields(bytes: Uint8Array): Record<string, unknown> {
  const value = decodeMessagePack(bytes)
  if (typeof value !== 'object' || value === null) throw malformed()
  return value as Record<string, unknown>
}

function requestHeader(fields: Record<string, unknown>): RequestHeader {
  const { ServiceMethod: method, Seq: sequence } = fields
  if (typeof method !== 'string' || typeof sequence !== 'number') throw malformed()
  return { method, sequence }
}

function malformed(): WireError {
  return new WireError('wire.malformed', 'A message on a call stream does not begin with a header.')
}
