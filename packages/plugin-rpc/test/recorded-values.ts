import { encodeMessagePack } from '../src/message-pack/encode.ts'
import { asFields } from '../src/services/shape.ts'
import { callsOf, type RecordedCall, type RecordedStreams } from './recorded-calls.ts'
import {
  componentOf,
  framesOf,
  type Piece,
  type RecordedComponent,
  readRecording,
  recordingNames,
} from './recording.ts'

export interface RecordedSession extends RecordedComponent, RecordedStreams {
  readonly pieces: readonly Piece[]
}

/** Those that have every sort of value that the others have. */
export function recordedSessions(): RecordedSession[] {
  return recordingNames()
    .filter((name) => /^1\.(7\.10|9\.4|16\.0)-(build|json|gob)-/.test(name))
    .map((name) => {
      const { pieces } = readRecording(name)
      return { ...componentOf(name), pieces, ...callsOf(framesOf(pieces)) }
    })
}

type Part = (call: RecordedCall) => unknown

/** The bytes that are the part of a call, of each call that has it. */
export function inCalls(sessions: readonly RecordedSession[], part: Part, protobuf?: boolean): Uint8Array[] {
  return sessions
    .filter((session) => protobuf === undefined || session.protobuf === protobuf)
    .flatMap(({ calls }) => calls.map(part).filter((bytes) => bytes instanceof Uint8Array))
}

export const inReply =
  (method: string): Part =>
  ({ method: called, answer }) =>
    called.endsWith(`.${method}`) && answer?.error === ''
      ? asFields(answer.reply, method)[method === 'Execute' ? 'Value' : method]
      : undefined

export const request: Part = ({ method, sequence, argument }) =>
  encodeMessagePack({ ServiceMethod: method, Seq: sequence }, argument)

export const response: Part = ({ method, sequence, answer }) =>
  answer && encodeMessagePack({ ServiceMethod: method, Seq: sequence, Error: answer.error }, answer.reply)

export const configuration: Part = ({ argument }) => {
  const configs = argument instanceof Object && (argument as { Configs?: unknown }).Configs
  return Array.isArray(configs) ? configs.find((config) => config instanceof Uint8Array) : undefined
}
