import { decodeImages } from '../../packages/image/src/state/decode.ts'
import {
  decodeCommandFinished,
  encodeCommandFinished,
} from '../../packages/plugin-rpc/src/gob/command-finished.ts'
import { decodeMessagePack } from '../../packages/plugin-rpc/src/message-pack/decode.ts'
import { encodeMessagePack } from '../../packages/plugin-rpc/src/message-pack/encode.ts'
import { ValueSplitter } from '../../packages/plugin-rpc/src/message-pack/value-splitter.ts'
import { decodeRequestHeader, decodeResponseHeader } from '../../packages/plugin-rpc/src/net-rpc/envelope.ts'
import { readConfigs } from '../../packages/plugin-rpc/src/services/config-elements.ts'
import { decodeSpecGob } from '../../packages/plugin-rpc/src/spec/decode-gob.ts'
import { decodeSpecProtobuf } from '../../packages/plugin-rpc/src/spec/decode-protobuf.ts'
import { decodeValueGob } from '../../packages/plugin-rpc/src/value/decode-gob.ts'
import { decodeValueMsgpack } from '../../packages/plugin-rpc/src/value/decode-msgpack.ts'
import { decodeDynamicJson } from '../../packages/plugin-rpc/src/value/json.ts'
import { FrameReader } from '../../packages/plugin-rpc/src/yamux/frame-reader.ts'
import {
  configuration,
  inCalls,
  inReply,
  recordedSessions,
  request,
  response,
} from '../../packages/plugin-rpc/test/recorded-values.ts'
import type { Target } from '../target.ts'

const wire = { refuses: ['WireError'] } as const

const asMessage = (value: unknown) => encodeMessagePack(value)

function messages(readHeader: (bytes: Uint8Array) => unknown): (bytes: Uint8Array) => void {
  return (bytes) => {
    const splitter = new ValueSplitter()
    const middle = bytes.length >> 1
    const values = [bytes.subarray(0, middle), bytes.subarray(middle)].flatMap((part) => splitter.push(part))
    values.forEach((value, index) => void (index % 2 === 0 ? readHeader(value) : decodeMessagePack(value)))
  }
}

const image = {
  ImageID: 'ami-1',
  ProviderName: 'aws',
  ProviderRegion: 'eu-west-1',
  Labels: { os: 'linux', size: 8, ready: true },
  SourceImageID: 'ami-0',
}

/** What travels between packer and plugins, a decoder each. */
export const encodings: readonly Target[] = [
  {
    ...wire,
    name: 'frames',
    title: 'yamux frames',
    covers: /plugin-rpc\/src\/yamux/,
    seeds: () => recordedSessions().flatMap(({ pieces }) => pieces.slice(0, 8).map(({ bytes }) => bytes)),
    decode: (bytes) => new FrameReader({ frame: () => {}, payload: () => {} }).push(bytes),
  },
  {
    ...wire,
    name: 'message-pack',
    title: 'a value of the calls',
    covers: /plugin-rpc\/src\/message-pack/,
    seeds: () => inCalls(recordedSessions(), ({ argument }) => asMessage(argument)),
    decode: decodeMessagePack,
  },
  {
    ...wire,
    name: 'requests',
    title: 'net/rpc: header and argument',
    covers: /plugin-rpc\/src\/(net-rpc|message-pack)/,
    seeds: () => inCalls(recordedSessions(), request),
    decode: messages(decodeRequestHeader),
  },
  {
    ...wire,
    name: 'responses',
    title: 'net/rpc: header and reply',
    covers: /plugin-rpc\/src\/(net-rpc|message-pack)/,
    seeds: () => inCalls(recordedSessions(), response),
    decode: messages(decodeResponseHeader),
  },
  {
    ...wire,
    name: 'configurations',
    title: 'the elements of Prepare and Configure',
    covers: /(plugin-rpc\/src\/(services|value)|cty\/src)/,
    seeds: () =>
      inCalls(recordedSessions(), ({ method, argument }) =>
        /Prepare|Configure/.test(method) ? asMessage(argument) : undefined,
      ),
    decode: (bytes) => readConfigs(decodeMessagePack(bytes)),
  },
  {
    ...wire,
    name: 'value-json',
    title: 'a value in JSON with its type',
    covers: /(plugin-rpc\/src\/value|cty\/src)/,
    seeds: () => inCalls(recordedSessions(), configuration),
    decode: decodeDynamicJson,
  },
  {
    ...wire,
    name: 'value-message-pack',
    title: 'a value in MessagePack with its type',
    covers: /(plugin-rpc\/src\/value|cty\/src)/,
    seeds: () => inCalls(recordedSessions(), inReply('Execute'), true),
    decode: decodeValueMsgpack,
  },
  {
    ...wire,
    name: 'value-gob',
    title: 'a value in gob',
    covers: /(plugin-rpc\/src\/(gob|value)|cty\/src)/,
    seeds: () => inCalls(recordedSessions(), inReply('Execute'), false),
    decode: decodeValueGob,
  },
  {
    ...wire,
    name: 'spec-gob',
    title: 'a config spec in gob',
    covers: /plugin-rpc\/src\/(gob|spec)/,
    seeds: () => inCalls(recordedSessions(), inReply('ConfigSpec'), false),
    decode: decodeSpecGob,
  },
  {
    ...wire,
    name: 'spec-protobuf',
    title: 'a config spec in protobuf',
    covers: /plugin-rpc\/src\/spec/,
    seeds: () => inCalls(recordedSessions(), inReply('ConfigSpec'), true),
    decode: decodeSpecProtobuf,
  },
  {
    ...wire,
    name: 'exit-status',
    title: "a command's exit status in gob",
    covers: /plugin-rpc\/src\/gob/,
    seeds: () => [0, 1, 127, 2_300_218].map(encodeCommandFinished),
    decode: decodeCommandFinished,
  },
  {
    name: 'images',
    title: "an artifact's answer to the metadata key",
    refuses: ['WireError', 'ImageError'],
    covers: /image\/src/,
    seeds: () => [image, [image, { ...image, Labels: null }], {}, [], null].map(asMessage),
    decode: (bytes) => decodeImages(decodeMessagePack(bytes)),
  },
]
