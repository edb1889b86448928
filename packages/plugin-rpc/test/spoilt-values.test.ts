import { describe, expect, it } from 'vitest'
import { decodeMessagePack } from '../src/message-pack/decode.ts'
import { encodeMessagePack } from '../src/message-pack/encode.ts'
import { ValueSplitter } from '../src/message-pack/value-splitter.ts'
import { decodeRequestHeader, decodeResponseHeader } from '../src/net-rpc/envelope.ts'
import { asFields } from '../src/services/shape.ts'
import { decodeSpecGob } from '../src/spec/decode-gob.ts'
import { decodeSpecProtobuf } from '../src/spec/decode-protobuf.ts'
import { decodeValueGob } from '../src/value/decode-gob.ts'
import { decodeValueMsgpack } from '../src/value/decode-msgpack.ts'
import { decodeDynamicJson } from '../src/value/json.ts'
import { FrameReader } from '../src/yamux/frame-reader.ts'
import { damaged } from './arbitraries.ts'
import { expectOnlyWireErrors } from './only-wire-errors.ts'
import { callsOf, type RecordedCall } from './recorded-calls.ts'
import { componentOf, framesOf, readRecording, recordingNames } from './recording.ts'

/** These have every sort of value that the others have. */
const sessions = recordingNames()
  .filter((name) => /^1\.(7\.10|9\.4|16\.0)-(build|json|gob)-/.test(name))
  .map((name) => {
    const { pieces } = readRecording(name)
    return { ...componentOf(name), pieces, ...callsOf(framesOf(pieces)) }
  })

type Part = (call: RecordedCall) => unknown

const inCalls = (part: Part, protobuf?: boolean) =>
  sessions
    .filter((session) => protobuf === undefined || session.protobuf === protobuf)
    .flatMap(({ calls }) => calls.map(part).filter((bytes) => bytes instanceof Uint8Array))

const inReply =
  (method: string): Part =>
  ({ method: called, answer }) =>
    called.endsWith(`.${method}`) && answer?.error === ''
      ? asFields(answer.reply, method)[method === 'Execute' ? 'Value' : method]
      : undefined

const request: Part = ({ method, sequence, argument }) =>
  encodeMessagePack({ ServiceMethod: method, Seq: sequence }, argument)

const response: Part = ({ method, sequence, answer }) =>
  answer && encodeMessagePack({ ServiceMethod: method, Seq: sequence, Error: answer.error }, answer.reply)

const configuration: Part = ({ argument }) => {
  const configs = argument instanceof Object && (argument as { Configs?: unknown }).Configs
  return Array.isArray(configs) ? configs.find((config) => config instanceof Uint8Array) : undefined
}

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
    ['a request', messages(decodeRequestHeader), inCalls(request)],
    ['a response', messages(decodeResponseHeader), inCalls(response)],
    ['a configuration', decodeDynamicJson, inCalls(configuration)],
    ['a spec in protobuf', decodeSpecProtobuf, inCalls(inReply('ConfigSpec'), true)],
    ['a spec in gob', decodeSpecGob, inCalls(inReply('ConfigSpec'), false)],
    ['a value in MessagePack', decodeValueMsgpack, inCalls(inReply('Execute'), true)],
    ['a value in gob', decodeValueGob, inCalls(inReply('Execute'), false)],
  ])('is read or refused with a typed error: %s', (_, decode, samples) => {
    expect(samples.length).toBeGreaterThan(0)
    for (const sample of samples) expect(() => decode(sample)).not.toThrow()
    expectOnlyWireErrors(decode, damaged(...samples))
  })
})
