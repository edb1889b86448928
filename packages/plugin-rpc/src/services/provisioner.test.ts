import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import {
  builder,
  communicator,
  hook,
  never,
  provisioner,
  recordingUi,
  Sink,
  spec,
} from '../../test/components.ts'
import { handMadeHost } from '../../test/hand-made-host.ts'
import { hostOf } from '../../test/hand-made-plugin.ts'
import type { ConfigElement, ProvisionCall, Provisioner } from '../components.ts'
import { deferred } from '../deferred.ts'
import { connectInProcess } from '../in-process.ts'
import { RemoteError } from '../remote-error.ts'
import { reach } from './peer.ts'

const call = (changes: Partial<ProvisionCall> = {}): ProvisionCall => ({
  ui: recordingUi(),
  communicator: communicator(),
  data: {},
  signal: never,
  ...changes,
})

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

/** Cleans up for a while after it was cancelled, and says so. */
function slowlyEnding(events: string[], begun = deferred<void>()): Provisioner & { begun: Promise<void> } {
  const provision = async ({ signal }: ProvisionCall) => {
    begun.resolve()
    await aborted(signal)
    await turns(30)
    events.push('provisioner has cleaned up')
    throw signal.reason
  }
  return { ...provisioner({ provision }), begun: begun.promise }
}

describe.each([true, false])('a provisioner over the wire, with protobuf: %s', (protobuf) => {
  it('tells its spec, and gets configurations and an override that is none', async () => {
    const seen: unknown[] = []
    const prepare = async (configs: readonly ConfigElement[]) => void seen.push(configs)
    await using plugin = await connectInProcess({ provisioner: provisioner({ prepare }) }, { protobuf })
    const configs: ConfigElement[] = [
      { kind: 'plain', data: { packer_debug: 'false', packer_sensitive_variables: ['secret'] } },
      { kind: 'cty', value: { type: { kind: 'string' }, content: 'typed' } },
      { kind: 'plain', data: null },
    ]
    expect(await plugin.provisioner.configSpec()).toEqual(spec)
    await plugin.provisioner.prepare(configs)
    expect(seen).toEqual([configs])
  })
})

describe('a provisioner', () => {
  it('reaches the machine, and says what it does', async () => {
    const uploaded = new Sink()
    const machine = communicator({
      start: async ({ command, stdout }) => {
        stdout?.write(`ran ${command}`)
        return { exitStatus: Promise.resolve(7) }
      },
      upload: async ({ source }) => {
        for await (const chunk of source) uploaded.write(chunk)
      },
    })
    const provision = async ({ ui, communicator, data }: ProvisionCall) => {
      const stdout = new Sink()
      const { exitStatus } = await communicator.start({ command: `ssh ${data['Host']}`, stdout })
      void ui.say(`status ${await exitStatus}: ${stdout.text}`)
      await communicator.upload({ path: '/x', source: new PassThrough().end('a file') })
    }
    const ui = recordingUi()
    await using plugin = await connectInProcess({ provisioner: provisioner({ provision }) })
    await plugin.provisioner.provision(call({ ui, communicator: machine, data: { Host: 'h', Port: 22 } }))
    expect(ui.said).toEqual(['say status 7: ran ssh h'])
    expect(uploaded.text).toBe('a file')
  })

  it('gets only data that templates can use', async () => {
    const seen: unknown[] = []
    const provision = async ({ data }: ProvisionCall) => void seen.push(data)
    await using host = await handMadeHost({ provisioner: provisioner({ provision }) })
    const data = { ID: 'i-1', Port: 22, On: true, List: [1], None: null }
    for (const sent of [data, null, 'text', []])
      await host.root.call('Provisioner.Provision', { GeneratedData: sent, StreamID: host.offer().id })
    expect(seen).toEqual([{ ID: 'i-1', Port: 22, On: true }, {}, {}, {}])
  })

  it('fails with the messages of its author', async () => {
    const fail = async () => {
      throw new Error('no such package')
    }
    await using plugin = await connectInProcess({
      provisioner: provisioner({ prepare: fail, provision: fail }),
    })
    await expect(plugin.provisioner.prepare([])).rejects.toThrow(
      new RemoteError('Provisioner.Prepare', 'no such package'),
    )
    await expect(plugin.provisioner.provision(call())).rejects.toThrow(
      new RemoteError('Provisioner.Provision', 'no such package'),
    )
  })

  it('is run again on the same connection where a template retries', async () => {
    let runs = 0
    const provision = async () => {
      if (++runs === 1) throw new Error('not yet')
    }
    await using plugin = await connectInProcess({ provisioner: provisioner({ provision }) })
    await expect(plugin.provisioner.provision(call())).rejects.toThrow('not yet')
    await plugin.provisioner.prepare([])
    await plugin.provisioner.provision(call())
    expect(runs).toBe(2)
  })

  it('closes its stream to the host, whether it succeeds or fails', async () => {
    let fails = false
    const provision = async () => {
      if (fails) throw new Error('failed')
    }
    await using host = await handMadeHost({ provisioner: provisioner({ provision }) })
    for (fails of [false, true]) {
      const { id, stream } = host.offer()
      await host.root.call('Provisioner.Provision', { GeneratedData: null, StreamID: id }).catch(() => {})
      expect((await stream).remoteEnded).toBe(true)
    }
  })
})

describe('a provisioner that is cancelled', () => {
  it('has the time that it needs', async () => {
    const events: string[] = []
    const slow = slowlyEnding(events)
    await using plugin = await connectInProcess({ provisioner: slow })
    const cancel = new AbortController()
    const run = plugin.provisioner.provision(call({ signal: cancel.signal }))
    await slow.begun
    cancel.abort()
    await expect(run).rejects.toThrow('The provisioner was cancelled.')
    expect(events).toEqual(['provisioner has cleaned up'])
  })

  it('has the time for which its builder waits, two plugins and a host between them', async () => {
    const events: string[] = []
    const slow = slowlyEnding(events)
    await using provisioning = await connectInProcess({ provisioner: slow })
    await using building = await connectInProcess({
      builder: builder({
        run: async ({ ui, hook, signal }) => {
          const { length } = await Promise.allSettled([
            hook.run({ name: 'packer_provision', ui, communicator: undefined, data: {}, signal }),
          ])
          events.push(`builder has waited for ${length}`)
          return undefined
        },
      }),
    })
    const cancel = new AbortController()
    const build = building.builder.run({
      ui: recordingUi(),
      hook: hook(({ ui, communicator, data, signal }) =>
        provisioning.provisioner.provision({ ui, communicator: communicator!, data, signal }),
      ),
      signal: cancel.signal,
    })
    await slow.begun
    cancel.abort()
    await build
    expect(events).toEqual(['provisioner has cleaned up', 'builder has waited for 1'])
  })

  it('before it began is not begun, and says so on the stream that the host waits for', async () => {
    let ran = false
    const provision = async () => {
      ran = true
    }
    await using host = await handMadeHost({ provisioner: provisioner({ provision }) })
    await host.root.call('Provisioner.Cancel')
    await host.root.call('Provisioner.Prepare', { Configs: null })
    const { id, stream } = host.offer()
    const run = host.root.call('Provisioner.Provision', { GeneratedData: {}, StreamID: id })
    await expect(run).rejects.toThrow('The provisioner was cancelled.')
    expect((await stream).remoteEnded).toBe(true)
    expect(ran).toBe(false)
  })

  it.each([
    ['behind', ['Provision', 'Cancel']],
    ['in front of', ['Cancel', 'Provision']],
  ])(
    'in the same instant, with the cancel %s the call, is cancelled once and goes on to live',
    async (_, order) => {
      const seen: boolean[] = []
      const provision = async ({ signal }: ProvisionCall) => void seen.push(signal.aborted)
      await using host = await handMadeHost({ provisioner: provisioner({ provision }) })
      const { id } = host.offer()
      const calls = order.map((method) =>
        host.root.call(
          `Provisioner.${method}`,
          method === 'Cancel' ? null : { GeneratedData: {}, StreamID: id },
        ),
      )
      const answers = await Promise.allSettled(calls)
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(seen).toEqual([])
      await host.root.call('Provisioner.Prepare', { Configs: null })
      await host.root.call('Provisioner.Provision', { GeneratedData: {}, StreamID: host.offer().id })
      expect(seen).toEqual([false])
    },
  )

  it('when it has just ended is not cancelled in its retry', async () => {
    const provision = async ({ signal }: ProvisionCall) => signal.throwIfAborted()
    await using host = await handMadeHost({ provisioner: provisioner({ provision }) })
    const provisionOnce = () =>
      host.root.call('Provisioner.Provision', { GeneratedData: {}, StreamID: host.offer().id })
    await provisionOnce()
    await host.root.call('Provisioner.Cancel')
    await host.root.call('Provisioner.Prepare', { Configs: null })
    expect(await provisionOnce()).toBeNull()
  })

  it('is told to clean up when its host goes away', async () => {
    const reasons: string[] = []
    const begun = deferred<void>()
    const provision = async ({ signal }: ProvisionCall) => {
      begun.resolve()
      await aborted(signal)
      reasons.push(signal.reason.message)
    }
    const plugin = await connectInProcess({ provisioner: provisioner({ provision }) })
    const run = plugin.provisioner.provision(call())
    await begun.promise
    await plugin.close()
    expect(reasons).toEqual(['The host of this plugin has gone.'])
    await expect(run).rejects.toMatchObject({ code: 'wire.lost' })
  })
})

describe('a host of a provisioner', () => {
  it('does not begin what was cancelled before', async () => {
    let ran = false
    const provision = async () => {
      ran = true
    }
    await using plugin = await connectInProcess({ provisioner: provisioner({ provision }) })
    const run = plugin.provisioner.provision(call({ signal: AbortSignal.abort() }))
    await expect(run).rejects.toMatchObject({ name: 'AbortError' })
    expect(ran).toBe(false)
  })

  it('cancels only once the call was taken up, as plugins in Go need it', async () => {
    const events: string[] = []
    const asked = deferred<void>()
    const goOn = deferred<void>()
    const cancelled = deferred<void>()
    const host = await hostOf('Provisioner', (peer) => ({
      Provision: async (argument) => {
        asked.resolve()
        await goOn.promise
        await reach(peer, (argument as { StreamID: number }).StreamID)
        events.push('taken up')
        await cancelled.promise
        throw new Error('interrupted')
      },
      Cancel: () => {
        events.push('cancelled')
        cancelled.resolve()
      },
    }))
    const cancel = new AbortController()
    const run = host.provisioner().provision(call({ signal: cancel.signal }))
    await asked.promise
    cancel.abort()
    await turns(5)
    goOn.resolve()
    await expect(run).rejects.toThrow('interrupted')
    expect(events).toEqual(['taken up', 'cancelled'])
    await host.close()
  })

  it('does not cancel what has ended without being taken up', async () => {
    const events: string[] = []
    const cancel = new AbortController()
    const host = await hostOf('Provisioner', () => ({
      Provision: () => {
        cancel.abort()
        throw new Error('has no time')
      },
      Cancel: () => void events.push('cancelled'),
      Prepare: () => null,
    }))
    const { provision, prepare } = host.provisioner()
    await expect(provision(call({ signal: cancel.signal }))).rejects.toThrow('has no time')
    await prepare([])
    expect(events).toEqual([])
    await host.close()
  })
})

describe('a host that stalls', () => {
  it('in one place holds up nothing in another', async () => {
    const stalled = deferred<void>()
    const machine = communicator({
      // Neither takes what is uploaded, nor ends.
      upload: () => stalled.promise,
      start: async ({ stdout }) => {
        stdout?.write('still here')
        return { exitStatus: Promise.resolve(0) }
      },
    })
    const said: string[] = []
    const provision = async ({ ui, communicator, signal }: ProvisionCall) => {
      const endless = new PassThrough().end(Buffer.alloc(1_000_000))
      const upload = communicator.upload({ path: '/x', source: endless }).catch((error) => error.message)
      void ui.say('a line that nobody takes')
      const stdout = new Sink()
      await (await communicator.start({ command: 'x', stdout })).exitStatus
      said.push(stdout.text)
      await aborted(signal)
      said.push('cancelled')
      stalled.reject(new Error('the machine is gone'))
      said.push(await upload)
    }
    const ui = recordingUi({ say: () => stalled.promise })
    await using plugin = await connectInProcess({ provisioner: provisioner({ provision }) })
    const cancel = new AbortController()
    const run = plugin.provisioner.provision(call({ ui, communicator: machine, signal: cancel.signal }))
    while (said.length === 0) await turns(1)
    expect(await plugin.provisioner.configSpec()).toEqual(spec)
    cancel.abort()
    await run
    expect(said).toEqual(['still here', 'cancelled', 'the machine is gone'])
  })
})
