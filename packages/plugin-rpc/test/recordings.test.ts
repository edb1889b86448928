import { describe, expect, it } from 'vitest'
import { COMPONENT_KINDS, type ComponentKind } from '../src/handshake.ts'
import { readConfigs } from '../src/services/config-elements.ts'
import { readSpecReply } from '../src/services/config-spec.ts'
import { asFields } from '../src/services/shape.ts'
import { decodeValueGob } from '../src/value/decode-gob.ts'
import { decodeValueMsgpack } from '../src/value/decode-msgpack.ts'
import { callsOf, type RecordedCall } from './recorded-calls.ts'
import { componentOf, framesOf, readRecording, recordingNames } from './recording.ts'

const read = (name: string) => {
  const frames = framesOf(readRecording(name).pieces)
  return { frames, ...callsOf(frames) }
}

const asked = (calls: readonly RecordedCall[]) =>
  calls
    .filter(({ stream }) => stream === 1)
    .map(({ method }) => method.split('.')[1])
    .join(' ')

/** What a process may be asked, first to prepare and then, perhaps, in earnest. */
const ASKED: Readonly<Record<ComponentKind, RegExp>> = {
  datasource: /^ConfigSpec Configure (OutputSpec|(ConfigSpec )?Execute)$/,
  builder: /^(ConfigSpec )?Prepare( ConfigSpec)?( Run( Cancel)?)?$/,
  provisioner: /^(ConfigSpec )?Prepare( ConfigSpec)?(( ConfigSpec Prepare)? Provision( Cancel)?)*$/,
  'post-processor': /^(ConfigSpec )?Configure( ConfigSpec)?(( ConfigSpec Configure)? PostProcess)?$/,
}

describe('what real packers and plugins say', () => {
  it('is here of seven packers, and of every kind of component', () => {
    const names = recordingNames()
    const versions = ['1.11.2', '1.12.0', '1.15.4', '1.16.0', '1.7.10', '1.8.7', '1.9.4']
    expect([...new Set(names.map((name) => name.split('-')[0]))].toSorted()).toEqual(versions)
    for (const kind of COMPONENT_KINDS)
      expect(names.filter((name) => name.includes('-build-') && name.endsWith(kind)).length).toBeGreaterThan(
        6,
      )
    expect(names.length).toBe(104)
  })

  it.each(recordingNames())('is read to its last byte, with all that it holds: %s', (name) => {
    const { kind, protobuf } = componentOf(name)
    const peer = { protobuf } as Parameters<typeof readSpecReply>[2]
    const { calls } = read(name)
    expect(asked(calls)).toMatch(ASKED[kind])
    for (const { method, argument, answer } of calls) {
      const last = method.split('.').at(-1)!
      if (answer && /(Config|Output)Spec$/.test(last)) {
        expect(Object.keys(readSpecReply(last, answer.reply, peer).attributes)).not.toEqual([])
      }
      if (/^(Prepare|Configure)$/.test(last)) expect(readConfigs(argument).length).toBeGreaterThan(0)
      if (answer && last === 'Execute') {
        const bytes = asFields(answer.reply, 'the reply')['Value'] as Uint8Array
        expect((protobuf ? decodeValueMsgpack : decodeValueGob)(bytes).type.kind).toBe('object')
      }
    }
  })

  it('asks for specs twice, but for 1.7.10 once, and for JSON templates never', () => {
    const builder = (name: string) => asked(read(`${name}-builder`).calls)
    expect(builder('1.8.7-build-02')).toBe('ConfigSpec Prepare ConfigSpec Run')
    expect(builder('1.7.10-build-02')).toBe('ConfigSpec Prepare Run')
    expect(builder('1.16.0-json-01')).toBe('Prepare Run')
  })

  it('prepares a provisioner anew before it is retried', () => {
    expect(asked(read('1.16.0-retry-03-provisioner').calls)).toMatch(
      /ConfigSpec Prepare Provision ConfigSpec Prepare Provision$/,
    )
  })

  it('gives the same value in gob and in MessagePack', () => {
    const value = (name: string) => {
      const { answer } = read(name).calls.find(({ method }) => method.endsWith('Execute'))!
      const bytes = asFields(answer!.reply, 'the reply')['Value'] as Uint8Array
      return (componentOf(name).protobuf ? decodeValueMsgpack : decodeValueGob)(bytes)
    }
    // Gob has no word for a null without a type, so that plugin leaves it out.
    const { o_dynnull, ...inMessagePack } = value('1.16.0-build-01-datasource').content as Record<
      string,
      unknown
    >
    expect(o_dynnull).toEqual({ type: { kind: 'dynamic' }, content: null })
    expect(value('1.16.0-gob-01-datasource').content).toMatchObject(inMessagePack)
    expect(value('1.11.2-build-01-datasource').type).toEqual(value('1.16.0-gob-01-datasource').type)
  })

  it('gives the same specs in gob and in protobuf', () => {
    const spec = (name: string) => {
      const { answer } = read(name).calls.find(({ method }) => method.endsWith('ConfigSpec'))!
      return readSpecReply('ConfigSpec', answer!.reply, componentOf(name) as never)
    }
    // With gob the recorded plugin tells some more attributes, of types that protobuf has no word for.
    expect(spec('1.16.0-gob-02-builder')).toMatchObject(spec('1.16.0-build-02-builder'))
    expect(spec('1.7.10-build-02-builder')).toEqual(spec('1.16.0-gob-02-builder'))
  })

  it('has frames as large as a window, and grants for what was read', () => {
    const { frames, bytes } = read('1.16.0-window-03-provisioner')
    expect(Math.max(...frames.map(({ payload }) => payload.length))).toBe(262_140)
    expect(
      frames
        .filter(({ kind, flags, length }) => kind === 'window' && flags === 0 && length > 0)
        .map(({ length }) => length),
    ).toEqual(expect.arrayContaining([131_076, 163_836]))
    expect(Math.max(...bytes.map(({ length }) => length))).toBe(400_000)
  })

  it('has pings from both ends', () => {
    const pings = read('1.16.0-pings-02-builder').frames.filter(({ kind }) => kind === 'ping')
    expect(new Set(pings.map(({ from, flags }) => `${from} ${flags}`))).toEqual(
      new Set(['host 1', 'host 2', 'plugin 1', 'plugin 2']),
    )
  })

  it('has a request behind the end of its stream', () => {
    const { frames, calls } = read('1.16.0-terminated-02-builder')
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
    expect(unanswered('1.16.0-waiting-04-provisioner')).toEqual([
      'Provisioner.Provision',
      'Provisioner.Cancel',
    ])
    expect(unanswered('1.16.0-build-02-builder')).toEqual([])
  })
})
