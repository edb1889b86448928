import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Component } from '../src/components.ts'
import { type ConnectedComponent, connectComponent } from '../src/host/connect-component.ts'
import { ServedComponent } from '../src/plugin/serve-component.ts'
import { memoryPipe } from '../src/yamux/memory-pipe.ts'
import {
  artifact,
  builder,
  communicator,
  datasource,
  never,
  noHook,
  postProcessor,
  provisioner,
  recordingUi,
} from './components.ts'
import { fuzzing } from './fuzzing.ts'
import { RawEnd } from './raw-end.ts'
import { componentOf, readRecording, recordingNames, type Speaker } from './recording.ts'

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

/** Does a little of everything that it is asked. */
function componentFor(name: string): Component {
  const { kind } = componentOf(name)
  if (kind === 'builder') return { builder: builder({ run: async () => artifact() }) }
  if (kind === 'datasource') return { datasource: datasource() }
  if (kind === 'post-processor')
    return {
      postProcessor: postProcessor({
        postProcess: async ({ artifact: given }) => ({ artifact: given, keepInput: true, forceKeep: false }),
      }),
    }
  return {
    provisioner: provisioner({
      provision: async ({ ui, communicator }) => {
        await ui.say('provisioning')
        await (await communicator.start({ command: 'true' })).exitStatus
      },
    }),
  }
}

/** Calls all that a recorded plugin of that kind answered. */
function calls(host: ConnectedComponent, name: string): Promise<unknown>[] {
  const { kind } = componentOf(name)
  const call = { ui: recordingUi(), signal: never }
  if (kind === 'builder') {
    const { configSpec, prepare, run } = host.builder()
    return [configSpec(), prepare([]), configSpec(), run({ ...call, hook: noHook })]
  }
  if (kind === 'datasource') {
    const { configSpec, configure, execute } = host.datasource()
    return [configSpec(), configure([]), configSpec(), execute(call)]
  }
  if (kind === 'post-processor') {
    const { configSpec, configure, postProcess } = host.postProcessor()
    return [configSpec(), configure([]), configSpec(), postProcess({ ...call, artifact: artifact() })]
  }
  const { configSpec, prepare, provision } = host.provisioner()
  const run = { ...call, communicator: communicator(), data: {} }
  return [configSpec(), prepare([]), configSpec(), configSpec(), prepare([]), provision(run)]
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
          Promise.allSettled(calls(host, name)),
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
