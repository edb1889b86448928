import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readConfigs } from '../src/services/config-elements.ts'
import { readSpecReply } from '../src/services/config-spec.ts'
import { asFields } from '../src/services/shape.ts'
import { decodeValueGob } from '../src/value/decode-gob.ts'
import { decodeValueMsgpack } from '../src/value/decode-msgpack.ts'
import { callsOf, type RecordedCall } from './recorded-calls.ts'
import { componentOf, framesOf, readRecording, recordingNames } from './recording.ts'
import { relay, withoutOnlyInGob } from './relay.ts'

interface Meaning {
  readonly method: string
  readonly asked: unknown
  readonly answer: unknown
}

/** What a call means, apart from how it is written. */
function meaning(call: RecordedCall, protobuf: boolean): Meaning {
  const { argument, answer } = call
  const method = call.method.replace(/^Ui.+\./, 'Ui of a transfer.')
  const last = method.split('.').at(-1)!
  const said = /^(Prepare|Configure)$/.test(last) ? readConfigs(argument) : argument
  return { method, asked: plain(said), answer: answer && { is: answered(last, answer, protobuf) } }
}

function answered(
  method: string,
  { error, reply }: NonNullable<RecordedCall['answer']>,
  protobuf: boolean,
): unknown {
  if (error !== '') return { error }
  if (method === 'NewTrackProgress') return 'an id'
  if (/(Config|Output)Spec$/.test(method))
    return withoutOnlyInGob(readSpecReply(method, reply, { protobuf } as never))
  if (method !== 'Execute') return plain(reply)
  const bytes = asFields(reply, 'the reply')['Value'] as Uint8Array
  return (protobuf ? decodeValueMsgpack : decodeValueGob)(bytes)
}

/** Go sends nil for what is empty, and takes either for the other. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(plain)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof Date)
    return value ?? null
  const entries = Object.entries(value).map(([key, one]) => [key, plain(one)] as const)
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

type Key = string

/** What each call means, by its place: its stream and its number there. */
function meanings(calls: readonly RecordedCall[], protobuf: boolean): Map<Key, Meaning> {
  return new Map(calls.map((call) => [`${call.stream}/${call.sequence}`, meaning(call, protobuf)]))
}

/** What is not as it was recorded, in words. An answer that was cut off in the recording may be any. */
function differences(ours: ReadonlyMap<Key, Meaning>, recorded: ReadonlyMap<Key, Meaning>): string[] {
  const found: string[] = []
  for (const [key, { method, asked, answer }] of recorded) {
    const our = ours.get(key)
    if (our?.method !== method) found.push(`${method} was not called`)
    else if (!isDeepStrictEqual(our.asked, asked)) found.push(`${method} was called with something else`)
    else if (answer && !our.answer) found.push(`${method} was not answered`)
    else if (answer && !isDeepStrictEqual(our.answer, answer)) found.push(`${method} was answered otherwise`)
  }
  const more = [...ours].filter(([key]) => !recorded.has(key))
  return [...found, ...more.map(([, { method }]) => `${method} was called in addition`)]
}

const sorted = (bytes: readonly Buffer[]) => bytes.map((one) => one.toString('latin1')).sort()

interface Outcome {
  /** Where our plugin spoke otherwise than the recorded one, and our host otherwise than the recorded one. */
  readonly plugin: readonly string[]
  readonly host: readonly string[]
  /** Whether a recorded end had to speak though ours had not said what theirs had. */
  readonly waits: boolean
}

const asRecorded: Outcome = { plugin: [], host: [], waits: false }

/** Plugins of ours wait for their provisioners when they are cancelled, so the recorded host had no answer yet when it left. */
const waiting: Outcome = { ...asRecorded, plugin: ['Builder.Run was not answered'] }

/** Where ours are to be another than what was recorded. */
const OTHERWISE: Readonly<Record<string, Outcome>> = {
  '1.16.0-interrupted-02-builder': { ...asRecorded, waits: true },
  '1.9.4-interrupted-02-builder': { ...waiting, waits: true },
  '1.16.0-ignoring-02-builder': { ...waiting, waits: true },
  // Go's plugin was gone before it could cancel its hook.
  '1.9.4-ignoring-02-builder': {
    ...waiting,
    plugin: [...waiting.plugin, 'Hook.Cancel was called in addition'],
  },
  // A request behind the end of its stream is let go.
  '1.16.0-terminated-02-builder': { ...waiting, host: ['Hook.Cancel was not answered'], waits: true },
  // Cancelled in the instant of its call: Go's plugin crashes, ours does not begin.
  '1.16.0-waiting-04-provisioner': {
    ...asRecorded,
    host: ['Provisioner.Provision was not called', 'Provisioner.Cancel was not called'],
  },
}

/** Cancelled while its command ends: whether the answer or the cancel comes first is decided by the machine, as with Go. */
const mayEndFirst = /-interrupted-\d+-provisioner$/
const endedFirst: Outcome = { ...asRecorded, host: ['Provisioner.Cancel was not called'] }

function outcomesOf(name: string): readonly Outcome[] {
  return mayEndFirst.test(name) ? [asRecorded, endedFirst] : [OTHERWISE[name] ?? asRecorded]
}

describe.concurrent('what a real packer and a plugin say, with ours between them', () => {
  it.each(recordingNames())('reaches the other as it was meant: %s', async (name) => {
    const recorded = callsOf(framesOf(readRecording(name).pieces))
    const { protobuf } = componentOf(name)
    const { streams, skipped } = await relay(name)
    for (const { statuses, bytes } of Object.values(streams)) {
      expect(statuses.toSorted()).toEqual(recorded.statuses.toSorted())
      expect(sorted(bytes)).toEqual(sorted(recorded.bytes))
    }
    const compared = (end: 'plugin' | 'host') =>
      differences(meanings(streams[end].calls, protobuf), meanings(recorded.calls, protobuf))
    const outcome = { plugin: compared('plugin'), host: compared('host'), waits: skipped.length > 0 }
    expect(outcomesOf(name)).toContainEqual(outcome)
  })

  it.each(recordingNames().filter((name) => name.endsWith('datasource')))(
    'is the same bytes where our host asks for data: %s',
    async (name) => {
      const recorded = framesOf(readRecording(name).pieces).filter(({ from }) => from === 'host')
      const { hostFrames } = await relay(name)
      expect(hostFrames).toEqual(recorded.map(({ from, ...frame }) => frame))
    },
  )
})
