import { describe, expect, it } from 'vitest'
import { readConfigs } from '../src/services/config-elements.ts'
import { readSpecReply } from '../src/services/config-spec.ts'
import { asFields } from '../src/services/shape.ts'
import { decodeValueGob } from '../src/value/decode-gob.ts'
import { decodeValueMsgpack } from '../src/value/decode-msgpack.ts'
import { callsOf, type RecordedCall } from './recorded-calls.ts'
import { framesOf, readRecording, recordingNames } from './recording.ts'

const read = (name: string) => {
  const frames = framesOf(readRecording(name))
  return { frames, ...callsOf(frames) }
}

const rootMethods = (calls: readonly RecordedCall[]) =>
  calls.filter(({ stream }) => stream === 1).map(({ method }) => method.split('.')[1])

const protobuf = (name: string) => name.startsWith('1.16.0') && !name.includes('gob')

/** What each process was asked, apart from this being said over the wire at all. */
const ASKED: Readonly<Record<string, string>> = {
  '1.7.10-build-datasource': 'ConfigSpec Configure Execute',
  '1.7.10-build-builder': 'ConfigSpec Prepare Run',
  '1.7.10-json-builder': 'Prepare Run',
  '1.11.2-build-datasource': 'ConfigSpec Configure ConfigSpec Execute',
  '1.11.2-build-builder': 'ConfigSpec Prepare ConfigSpec Run',
  '1.16.0-build-datasource': 'ConfigSpec Configure ConfigSpec Execute',
  '1.16.0-gob-datasource': 'ConfigSpec Configure ConfigSpec Execute',
  '1.16.0-validate-datasource': 'ConfigSpec Configure OutputSpec',
  '1.16.0-build-builder': 'ConfigSpec Prepare ConfigSpec Run',
  '1.16.0-gob-builder': 'ConfigSpec Prepare ConfigSpec Run',
  '1.16.0-json-builder': 'Prepare Run',
  '1.16.0-retry-builder': 'ConfigSpec Prepare ConfigSpec Run',
  '1.16.0-cleanup-builder': 'ConfigSpec Prepare ConfigSpec Run',
  '1.16.0-no-terminal-builder': 'ConfigSpec Prepare ConfigSpec Run',
  '1.16.0-pings-builder': 'ConfigSpec Prepare ConfigSpec Run',
  '1.16.0-interrupted-builder': 'ConfigSpec Prepare ConfigSpec Run Cancel',
  '1.16.0-waiting-builder': 'ConfigSpec Prepare ConfigSpec Run Cancel',
  '1.16.0-terminated-builder': 'ConfigSpec Prepare ConfigSpec Run Cancel',
  '1.16.0-build-provisioner': 'ConfigSpec Prepare ConfigSpec ConfigSpec Prepare Provision',
  '1.16.0-window-provisioner': 'ConfigSpec Prepare ConfigSpec ConfigSpec Prepare Provision',
  '1.16.0-interrupted-provisioner': 'ConfigSpec Prepare ConfigSpec ConfigSpec Prepare Provision Cancel',
  '1.16.0-waiting-provisioner-04': 'ConfigSpec Prepare ConfigSpec ConfigSpec Prepare Provision Cancel',
  '1.16.0-build-post-processor-04': 'ConfigSpec Configure ConfigSpec ConfigSpec Configure PostProcess',
  '1.16.0-build-post-processor-05': 'ConfigSpec Configure ConfigSpec ConfigSpec Configure PostProcess',
}

describe('what real packers and plugins say', () => {
  it('is here in these recordings', () => {
    expect(recordingNames().sort()).toEqual(Object.keys(ASKED).sort())
  })

  it.each(Object.entries(ASKED))('is read to its last byte: %s', (name, asked) => {
    expect(rootMethods(read(name).calls).join(' ')).toBe(asked)
  })

  it.each(Object.keys(ASKED))('holds specs, configurations and values that can be read: %s', (name) => {
    const peer = { protobuf: protobuf(name) } as Parameters<typeof readSpecReply>[2]
    for (const { method, argument, answer } of read(name).calls) {
      const last = method.split('.').at(-1)!
      if (answer && /(Config|Output)Spec$/.test(last)) {
        expect(Object.keys(readSpecReply(last, answer.reply, peer).attributes)).not.toEqual([])
      }
      if (/^(Prepare|Configure)$/.test(last)) expect(readConfigs(argument).length).toBeGreaterThan(0)
      if (answer && last === 'Execute') {
        const bytes = asFields(answer.reply, 'the reply')['Value'] as Uint8Array
        expect((peer.protobuf ? decodeValueMsgpack : decodeValueGob)(bytes).type.kind).toBe('object')
      }
    }
  })

  it('gives the same value in gob and in MessagePack', () => {
    const value = (name: string) => {
      const { answer } = read(name).calls.find(({ method }) => method.endsWith('Execute'))!
      const bytes = asFields(answer!.reply, 'the reply')['Value'] as Uint8Array
      return (protobuf(name) ? decodeValueMsgpack : decodeValueGob)(bytes)
    }
    // Gob has no word for a null without a type, so that plugin leaves it out.
    const { o_dynnull, ...inMessagePack } = value('1.16.0-build-datasource').content as Record<
      string,
      unknown
    >
    expect(o_dynnull).toEqual({ type: { kind: 'dynamic' }, content: null })
    expect(value('1.16.0-gob-datasource').content).toMatchObject(inMessagePack)
    expect(value('1.11.2-build-datasource').type).toEqual(value('1.16.0-gob-datasource').type)
  })

  it('gives the same specs in gob and in protobuf', () => {
    const spec = (name: string) => {
      const { answer } = read(name).calls.find(({ method }) => method.endsWith('ConfigSpec'))!
      return readSpecReply('ConfigSpec', answer!.reply, { protobuf: protobuf(name) } as never)
    }
    // With gob the recorded plugin tells some more attributes, of types that protobuf has no word for.
    expect(spec('1.16.0-gob-builder')).toMatchObject(spec('1.16.0-build-builder'))
    expect(spec('1.7.10-build-builder')).toEqual(spec('1.16.0-gob-builder'))
  })

  it('has frames as large as a window, and grants for what was read', () => {
    const { frames, bytes } = read('1.16.0-window-provisioner')
    expect(Math.max(...frames.map(({ payload }) => payload.length))).toBe(262_140)
    expect(
      frames
        .filter(({ kind, flags, length }) => kind === 'window' && flags === 0 && length > 0)
        .map(({ length }) => length),
    ).toEqual(expect.arrayContaining([131_076, 163_836]))
    expect(Math.max(...bytes.map(({ length }) => length))).toBe(400_000)
  })

  it('has pings from both ends', () => {
    const pings = read('1.16.0-pings-builder').frames.filter(({ kind }) => kind === 'ping')
    expect(new Set(pings.map(({ from, flags }) => `${from} ${flags}`))).toEqual(
      new Set(['host 1', 'host 2', 'plugin 1', 'plugin 2']),
    )
  })

  it('has a request behind the end of its stream', () => {
    const { frames, calls } = read('1.16.0-terminated-builder')
    const end = frames.findIndex(({ from, stream, flags }) => from === 'plugin' && stream === 2 && flags & 4)
    const behind = frames
      .slice(end)
      .filter(({ from, stream, payload }) => from === 'plugin' && stream === 2 && payload.length > 0)
    expect(behind.length).toBe(1)
    expect(calls.find(({ method }) => method === 'Hook.Cancel')?.answer?.error).toBe('')
  })

  it('has calls that nobody answered any more', () => {
    const unanswered = (name: string) =>
      read(name)
        .calls.filter(({ answer }) => !answer)
        .map(({ method }) => method)
    expect(unanswered('1.16.0-waiting-provisioner-04')).toEqual([
      'Provisioner.Provision',
      'Provisioner.Cancel',
    ])
    expect(unanswered('1.16.0-build-builder')).toEqual([])
  })
})
