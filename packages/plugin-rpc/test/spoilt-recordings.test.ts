import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectComponent } from '../src/host/connect-component.ts'
import { ServedComponent } from '../src/plugin/serve-component.ts'
import { memoryPipe } from '../src/yamux/memory-pipe.ts'
import { fuzzing } from './fuzzing.ts'
import { RawEnd } from './raw-end.ts'
import { componentOf, readRecording, recordingNames, type Speaker } from './recording.ts'
import { askedOf, componentFor } from './spoilable.ts'

const spoken = (name: string, by: Speaker) =>
  Buffer.concat(
    readRecording(name)
      .pieces.filter(({ from }) => from === by)
      .map(({ bytes }) => bytes),
  )

const change = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.boolean() })

interface Spoilt {
  readonly name: string
  readonly bytes: Buffer
}

/** What one end said in a real session, with some bytes changed, or its end missing. */
function spoilt(by: Speaker): fc.Arbitrary<Spoilt> {
  const changes = fc.array(change, { minLength: 1, maxLength: 4 })
  return fc.tuple(fc.constantFrom(...recordingNames()), changes).map(([name, changes]) => {
    let bytes = Buffer.from(spoken(name, by))
    for (const { at, byte, cut } of changes) {
      const place = at % bytes.length
      if (cut && place > 12) bytes = bytes.subarray(0, place)
      else bytes[place] = byte
    }
    return { name, bytes }
  })
}

describe('a session that goes wrong', () => {
  it('ends for a plugin without harm', async () => {
    await fc.assert(
      fc.asyncProperty(spoilt('host'), async ({ name, bytes }) => {
        const [pluginEnd, hostEnd] = memoryPipe()
        const { protobuf } = componentOf(name)
        const served = new ServedComponent(pluginEnd, componentFor(name), { protobuf, log: () => {} })
        const over = served.ended.then(
          () => undefined,
          (error) => error.name,
        )
        const raw = new RawEnd(hostEnd)
        await raw.writeAndWait(bytes)
        raw.end()
        expect([undefined, 'WireError']).toContain(await over)
      }),
      fuzzing(300),
    )
  })

  it('fails the calls of a host with typed errors', async () => {
    await fc.assert(
      fc.asyncProperty(spoilt('plugin'), async ({ name, bytes }) => {
        const [hostEnd, pluginEnd] = memoryPipe()
        const raw = new RawEnd(pluginEnd)
        const { protobuf } = componentOf(name)
        const settled = connectComponent(hostEnd, { protobuf, log: () => {} }).then((host) =>
          Promise.allSettled(askedOf(host, name)),
        )
        await raw.writeAndWait(bytes)
        raw.end()
        const failures = await settled.then(
          (all) => all.filter((one) => one.status === 'rejected').map((one) => one.reason.name),
          (error) => [error.name],
        )
        for (const failure of failures) expect(['WireError', 'RemoteError']).toContain(failure)
      }),
      fuzzing(300),
    )
  })
})
