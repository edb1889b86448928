import { describe, expect, it } from 'vitest'
import type { Builder, Datasource } from '../src/components.ts'
import { connectComponent } from '../src/host/connect-component.ts'
import { ServedComponent } from '../src/plugin/serve-component.ts'
import { readConfigs } from '../src/services/config-elements.ts'
import { readSpecReply } from '../src/services/config-spec.ts'
import { asFields } from '../src/services/shape.ts'
import type { ObjectSpec } from '../src/spec/hcl-spec.ts'
import { decodeValueGob } from '../src/value/decode-gob.ts'
import { decodeValueMsgpack } from '../src/value/decode-msgpack.ts'
import { callsOf, type RecordedCall } from './recorded-calls.ts'
import { framesOf, type RecordedFrame, readRecording } from './recording.ts'
import { replay } from './replay.ts'

const never = new AbortController().signal
const log = () => {}

const DATASOURCES: readonly [string, boolean][] = [
  ['1.7.10-build-datasource', false],
  ['1.11.2-build-datasource', false],
  ['1.16.0-gob-datasource', false],
  ['1.16.0-build-datasource', true],
]

function read(name: string): { frames: RecordedFrame[]; calls: RecordedCall[] } {
  const frames = framesOf(readRecording(name))
  return { frames, calls: callsOf(frames).calls }
}

/** What the recorded plugin is, as far as the recording shows it. */
function recordedDatasource(calls: readonly RecordedCall[], protobuf: boolean): Datasource {
  const spec = readSpecReply('ConfigSpec', replyTo(calls, 'ConfigSpec'), { protobuf } as never)
  const bytes = asFields(replyTo(calls, 'Execute'), 'the reply')['Value'] as Uint8Array
  return {
    configSpec: async () => spec,
    outputSpec: async () => spec,
    configure: async () => {},
    execute: async () => (protobuf ? decodeValueMsgpack : decodeValueGob)(bytes),
  }
}

/** Ours tells no attributes of types that only gob has a word for. */
function inBothEncodings({ kind, attributes }: ObjectSpec): ObjectSpec {
  const onlyInGob = ['a_obj', 'a_set', 'a_tup']
  return {
    kind,
    attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => !onlyInGob.includes(name))),
  }
}

function replyTo(calls: readonly RecordedCall[], method: string): unknown {
  return calls.find((call) => call.method.endsWith(`.${method}`))!.answer!.reply
}

function argumentOf(calls: readonly RecordedCall[], method: string): unknown {
  return calls.find((call) => call.method.endsWith(`.${method}`))!.argument
}

describe('a host of ours, in the place of a packer', () => {
  it.each(DATASOURCES)('says the same bytes and gets the same values: %s', async (name, protobuf) => {
    const { frames, calls } = read(name)
    const { transport, raw, done } = replay(frames, 'plugin')
    const host = await connectComponent(transport, { protobuf, log })
    const datasource = host.datasource()
    const recorded = recordedDatasource(calls, protobuf)
    const configs = readConfigs(argumentOf(calls, 'Configure'))
    for (const { method } of calls) {
      if (method.endsWith('ConfigSpec'))
        expect(await datasource.configSpec()).toEqual(await recorded.configSpec())
      if (method.endsWith('Configure')) await datasource.configure(configs)
      if (method.endsWith('Execute'))
        expect(await datasource.execute({ signal: never })).toEqual(await recorded.execute({ signal: never }))
    }
    await done
    const theirs = frames.filter(({ from }) => from === 'host').map(({ from, ...frame }) => frame)
    expect(raw.seen).toEqual(theirs)
    await host.close()
  })
})

describe('a plugin of ours, in the place of one in Go', () => {
  it.each(DATASOURCES)(
    'understands the packer and answers with the same meaning: %s',
    async (name, protobuf) => {
      const { frames, calls } = read(name)
      const { transport, raw, done } = replay(frames, 'host')
      const recorded = recordedDatasource(calls, protobuf)
      const configured: unknown[] = []
      const configSpec = async () => inBothEncodings(await recorded.configSpec())
      const configure: Datasource['configure'] = async (configs) => void configured.push(configs)
      const served = new ServedComponent(
        transport,
        { datasource: { ...recorded, configSpec, configure } },
        { protobuf, log },
      )
      await done
      raw.end()
      await served.ended
      const ours = callsOf([
        ...frames.filter(({ from }) => from === 'host'),
        ...raw.seen.map((frame) => ({ ...frame, from: 'plugin' as const })),
      ])
      expect(ours.calls.map(({ method, answer }) => [method, answer?.error])).toEqual(
        calls.map(({ method }) => [method, '']),
      )
      expect(configured).toEqual([readConfigs(argumentOf(calls, 'Configure'))])
      await expect(recordedDatasource(ours.calls, protobuf).execute({ signal: never })).resolves.toEqual(
        await recorded.execute({ signal: never }),
      )
    },
  )

  it.each([
    ['1.7.10-json-builder', false],
    ['1.16.0-json-builder', true],
    ['1.7.10-build-builder', false],
    ['1.16.0-build-builder', true],
  ] as const)('is prepared as the packer means it: %s', async (name, protobuf) => {
    const { frames, calls } = read(name)
    const prepared: unknown[] = []
    const recordedSpec = calls.find(({ method }) => method.endsWith('ConfigSpec'))?.answer?.reply
    const builder: Builder = {
      configSpec: async () => readSpecReply('ConfigSpec', recordedSpec, { protobuf } as never),
      prepare: async (configs) => {
        prepared.push(configs)
        return { generatedVars: ['LabVar'], warnings: [] }
      },
      run: async () => undefined,
    }
    const run = frames.findIndex(({ payload }) => payload.includes('Builder.Run'))
    const { transport, raw, done } = replay(frames.slice(0, run), 'host')
    const served = new ServedComponent(transport, { builder }, { protobuf, log })
    await done
    raw.end()
    await served.ended
    expect(prepared).toEqual([readConfigs(argumentOf(calls, 'Prepare'))])
  })
})
