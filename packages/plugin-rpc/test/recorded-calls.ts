import { decodeCommandFinished } from '../src/gob/command-finished.ts'
import { decodeMessagePack } from '../src/message-pack/decode.ts'
import { ValueSplitter } from '../src/message-pack/value-splitter.ts'
import { decodeRequestHeader, decodeResponseHeader } from '../src/net-rpc/envelope.ts'
import type { RecordedFrame, Speaker } from './recording.ts'

export interface RecordedCall {
  readonly caller: Speaker
  readonly stream: number
  readonly method: string
  readonly sequence: number
  readonly argument: unknown
  /** Undefined where the recording ends before it. */
  readonly answer?: { readonly error: string; readonly reply: unknown }
}

export interface RecordedStreams {
  readonly calls: RecordedCall[]
  /** Exit statuses, and the bytes of inputs, outputs and files. */
  readonly statuses: number[]
  readonly bytes: Buffer[]
  /** What each stream is for. */
  readonly purposes: ReadonlyMap<number, Purpose>
}

interface Stream {
  readonly id: number
  readonly dialler: Speaker
  readonly brokerId: number
  readonly said: Readonly<Record<Speaker, Buffer>>
}

export type Purpose = 'calls' | 'status' | 'bytes'

const NO_STREAM = 0

/** Where in arguments and replies a stream is announced, and what will be on it. */
const ANNOUNCED: Readonly<Record<string, Purpose>> = {
  StreamId: 'calls',
  StreamID: 'calls',
  StdinStreamId: 'bytes',
  StdoutStreamId: 'bytes',
  StderrStreamId: 'bytes',
  ReaderStreamId: 'bytes',
  WriterStreamId: 'bytes',
  ResponseStreamId: 'status',
}

/**
 * Everything that passed on the streams of a session. Throws where a byte is left, or a stream means nothing: `known` is
 * for one that its end had no time to announce.
 */
export function callsOf(
  frames: readonly RecordedFrame[],
  known: ReadonlyMap<number, Purpose> = new Map(),
): RecordedStreams {
  const found = new Map<number, Purpose>()
  const result: RecordedStreams = { calls: [], statuses: [], bytes: [], purposes: found }
  const purposes = new Map<string, Purpose>([['plugin 0', 'calls']])
  const left = new Map(streamsOf(frames).map((stream) => [stream.id, stream]))
  for (let before = -1; left.size > 0 && left.size !== before; ) {
    before = left.size
    for (const stream of left.values()) {
      const purpose = purposes.get(`${other(stream.dialler)} ${stream.brokerId}`) ?? known.get(stream.id)
      if (!purpose) continue
      left.delete(stream.id)
      found.set(stream.id, purpose)
      if (purpose === 'calls') result.calls.push(...readCalls(stream, purposes))
      else readBytes(stream, purpose, result)
    }
  }
  if (left.size > 0) throw new Error(`Nobody announced the streams ${[...left.keys()]}.`)
  return result
}

function streamsOf(frames: readonly RecordedFrame[]): Stream[] {
  const openings = frames.filter(({ flags, kind }) => kind === 'window' && flags & 1)
  return openings.map(({ stream: id, from: dialler }) => {
    const bytes = (from: Speaker) =>
      Buffer.concat(
        frames.filter((frame) => frame.stream === id && frame.from === from).map(({ payload }) => payload),
      )
    const said = { host: bytes('host'), plugin: bytes('plugin') }
    const brokerId = said[dialler].readUInt32LE(0)
    const answered = said[other(dialler)]
    if (answered.length > 0 && answered.readUInt32LE(0) !== brokerId)
      throw new Error(`Stream ${id} was taken up wrongly.`)
    return { id, dialler, brokerId, said: { host: said.host.subarray(4), plugin: said.plugin.subarray(4) } }
  })
}

function other(speaker: Speaker): Speaker {
  return speaker === 'host' ? 'plugin' : 'host'
}

function readCalls({ id, dialler, said }: Stream, purposes: Map<string, Purpose>): RecordedCall[] {
  const answers = messages(said[other(dialler)]).map(([header, body]) => ({
    ...decodeResponseHeader(header),
    reply: decodeMessagePack(body),
  }))
  return messages(said[dialler]).map(([header, body]) => {
    const { method, sequence } = decodeRequestHeader(header)
    const argument = decodeMessagePack(body)
    const answer = answers.find((one) => one.sequence === sequence)
    if (answer && answer.method !== method) throw new Error(`${method} was answered as ${answer.method}.`)
    announce(dialler, method, argument, purposes)
    if (answer) announce(other(dialler), method, answer.reply, purposes)
    return { caller: dialler, stream: id, method, sequence, argument, ...(answer ? { answer } : {}) }
  })
}

/** Ids belong to the end that says them. */
function announce(by: Speaker, method: string, said: unknown, purposes: Map<string, Purpose>): void {
  if (typeof said === 'number' && /^(Builder\.Run|PostProcessor\.PostProcess)$/.test(method))
    purposes.set(`${by} ${said}`, 'calls')
  if (typeof said !== 'object' || said === null) return
  for (const [key, purpose] of Object.entries(ANNOUNCED)) {
    const id = (said as Record<string, unknown>)[key]
    if (typeof id === 'number' && id !== NO_STREAM) purposes.set(`${by} ${id}`, purpose)
  }
}

function messages(bytes: Buffer): [Uint8Array, Uint8Array][] {
  const splitter = new ValueSplitter()
  const values = splitter.push(bytes)
  if (!splitter.atBoundary || values.length % 2 !== 0)
    throw new Error('A stream of calls ends inside a message.')
  return Array.from({ length: values.length / 2 }, (_, i) => [values[2 * i]!, values[2 * i + 1]!])
}

function readBytes({ said }: Stream, purpose: Purpose, result: RecordedStreams): void {
  const spoken = [said.host, said.plugin].filter(({ length }) => length > 0)
  if (purpose === 'bytes') result.bytes.push(...spoken)
  else result.statuses.push(...spoken.map(decodeCommandFinished))
}
