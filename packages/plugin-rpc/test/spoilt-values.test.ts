import { describe, expect, it } from 'vitest'
import { decodeMessagePack } from '../src/message-pack/decode.ts'
import { ValueSplitter } from '../src/message-pack/value-splitter.ts'
import { decodeRequestHeader, decodeResponseHeader } from '../src/net-rpc/envelope.ts'
import { decodeSpecGob } from '../src/spec/decode-gob.ts'
import { decodeSpecProtobuf } from '../src/spec/decode-protobuf.ts'
import { decodeValueGob } from '../src/value/decode-gob.ts'
import { decodeValueMsgpack } from '../src/value/decode-msgpack.ts'
import { decodeDynamicJson } from '../src/value/json.ts'
import { FrameReader } from '../src/yamux/frame-reader.ts'
import { damaged } from './arbitraries.ts'
import { expectOnlyWireErrors } from './only-wire-errors.ts'
import { configuration, inCalls, inReply, recordedSessions, request, response } from './recorded-values.ts'

const sessions = recordedSessions()

function messages(readHeader: (bytes: Uint8Array) => unknown): (bytes: Uint8Array) => void {
  return (bytes) => {
    const [header, body] = new ValueSplitter().push(bytes)
    if (header) readHeader(header)
    if (body) decodeMessagePack(body)
  }
}

function frames(bytes: Uint8Array): void {
  new FrameReader({ frame: () => {}, payload: () => {} }).push(bytes)
}

describe('what was said in real sessions, damaged,', () => {
  it.each<[string, (bytes: Uint8Array) => unknown, Uint8Array[]]>([
    ['a frame', frames, sessions.flatMap(({ pieces }) => pieces.slice(0, 6).map(({ bytes }) => bytes))],
    ['a request', messages(decodeRequestHeader), inCalls(sessions, request)],
    ['a response', messages(decodeResponseHeader), inCalls(sessions, response)],
    ['a configuration', decodeDynamicJson, inCalls(sessions, configuration)],
    ['a spec in protobuf', decodeSpecProtobuf, inCalls(sessions, inReply('ConfigSpec'), true)],
    ['a spec in gob', decodeSpecGob, inCalls(sessions, inReply('ConfigSpec'), false)],
    ['a value in MessagePack', decodeValueMsgpack, inCalls(sessions, inReply('Execute'), true)],
    ['a value in gob', decodeValueGob, inCalls(sessions, inReply('Execute'), false)],
  ])('is read or refused with a typed error: %s', (_, decode, samples) => {
    expect(samples.length).toBeGreaterThan(0)
    for (const sample of samples) expect(() => decode(sample)).not.toThrow()
    expectOnlyWireErrors(decode, damaged(...samples))
  })
})
