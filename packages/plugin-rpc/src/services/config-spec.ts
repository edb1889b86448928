import { decodeSpecGob } from '../spec/decode-gob.ts'
import { decodeSpecProtobuf } from '../spec/decode-protobuf.ts'
import { encodeSpecGob } from '../spec/encode-gob.ts'
import { encodeSpecProtobuf } from '../spec/encode-protobuf.ts'
import type { ObjectSpec } from '../spec/hcl-spec.ts'
import type { Peer } from './peer.ts'
import { asBytes, asFields } from './shape.ts'

/** `ConfigSpec` and `OutputSpec` answer with a map that has their own name as its key. */
export function specReply(name: string, spec: ObjectSpec, { protobuf }: Peer): Record<string, Uint8Array> {
  return { [name]: protobuf ? encodeSpecProtobuf(spec) : encodeSpecGob(spec) }
}

/** Throws a `WireError` for what is no spec in the encoding that was agreed. */
export function readSpecReply(name: string, reply: unknown, { protobuf }: Peer): ObjectSpec {
  const bytes = asBytes(asFields(reply, `The answer to ${name}`)[name], `The answer to ${name}`)
  return protobuf ? decodeSpecProtobuf(bytes) : decodeSpecGob(bytes)
}
