import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectComponent } from '../src/host/connect-component.ts'
import { ServedComponent } from '../src/plugin/serve-component.ts'
import { memoryPipe } from '../src/yamux/memory-pipe.ts'
import { builder, never, noHook, recordingUi } from './components.ts'
import { RawEnd } from './raw-end.ts'
import { readRecording, recordingNames, type Speaker } from './recording.ts'

const spoken = (name: string, by: Speaker) =>
  Buffer.concat(
    readRecording(name)
      .pieces.filter(({ from }) => from === by)
      .map(({ bytes }) => bytes),
  )

const builders = recordingNames().filter((name) => name.endsWith('builder'))
const change = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.boolean() })

/** What one end said in a real session, with some bytes changed, or its end missing. */
function spoilt(by: Speaker): fc.Arbitrary<Buffer> {
  const whole = fc.constantFrom(...builders).map((name) => spoken(name, by))
  return fc.tuple(whole, fc.array(change, { minLength: 1, maxLength: 4 })).map(([bytes, changes]) => {
    let result = Buffer.from(bytes)
    for (const { at, byte, cut } of changes) {
      const place = at % result.length
      if (cut && place > 12) result = result.subarray(0, place)
      else result[place] = byte
    }
    return result
  })
}

describe('a session that goes wrong', () => {
  it('ends for a plugin without harm', async () => {
    await fc.assert(
      fc.asyncProperty(spoilt('host'), async (bytes) => {
        const [pluginEnd, hostEnd] = memoryPipe()
        const served = new ServedComponent(
          pluginEnd,
          { builder: builder() },
          { protobuf: true, log: () => {} },
        )
        const over = served.ended.then(
          () => undefined,
          (error) => error.name,
        )
        const raw = new RawEnd(hostEnd)
        await raw.writeAndWait(bytes)
        raw.end()
        expect([undefined, 'WireError']).toContain(await over)
      }),
      { numRuns: 200 },
    )
  })

  it('fails the calls of a host with typed errors', async () => {
    await fc.assert(
      fc.asyncProperty(spoilt('plugin'), async (bytes) => {
        const [hostEnd, pluginEnd] = memoryPipe()
        const raw = new RawEnd(pluginEnd)
        const calls = connectComponent(hostEnd, { protobuf: true, log: () => {} }).then(async (host) => {
          const { configSpec, prepare, run } = host.builder()
          return Promise.allSettled([
            configSpec(),
            prepare([]),
            run({ ui: recordingUi(), hook: noHook, signal: never }),
          ])
        })
        await raw.writeAndWait(bytes)
        raw.end()
        const failures = await calls.then(
          (all) => all.filter((one) => one.status === 'rejected').map((one) => one.reason.name),
          (error) => [error.name],
        )
        for (const failure of failures) expect(['WireError', 'RemoteError']).toContain(failure)
      }),
      { numRuns: 200 },
    )
  })
})
