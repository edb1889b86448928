import { describe, expect, it } from 'vitest'
import { artifact, builder, hook, never, noHook, recordingUi, spec } from '../../test/components.ts'
import { handMadeHost } from '../../test/hand-made-host.ts'
import { hostOf } from '../../test/hand-made-plugin.ts'
import type { BuildCall, ConfigElement } from '../components.ts'
import { deferred } from '../deferred.ts'
import { connectInProcess } from '../in-process.ts'
import { RemoteError } from '../remote-error.ts'
import { reach } from './peer.ts'

const call = (changes: Partial<BuildCall> = {}): BuildCall => ({
  ui: recordingUi(),
  hook: noHook,
  signal: never,
  ...changes,
})

describe.each([true, false])('a builder over the wire, with protobuf: %s', (protobuf) => {
  it('tells its spec', async () => {
    await using plugin = await connectInProcess({ builder: builder() }, { protobuf })
    expect(await plugin.builder.configSpec()).toEqual(spec)
  })

  it('gets configurations of both kinds as they are', async () => {
    const seen: unknown[] = []
    const prepare = async (configs: readonly ConfigElement[]) => {
      seen.push(configs)
      return { generatedVars: ['Password'], warnings: ['mind the gap'] }
    }
    await using plugin = await connectInProcess({ builder: builder({ prepare }) }, { protobuf })
    const configs: ConfigElement[] = [
      {
        kind: 'plain',
        data: { packer_debug: false, packer_user_variables: { '': '' }, count: 3, none: null },
      },
      { kind: 'cty', value: { type: { kind: 'string' }, content: 'typed' } },
      { kind: 'plain', data: null },
    ]
    expect(await plugin.builder.prepare(configs)).toEqual({
      generatedVars: ['Password'],
      warnings: ['mind the gap'],
    })
    expect(seen).toEqual([configs])
  })
})

describe('a build', () => {
  it('refuses a configuration with the message of its author', async () => {
    const prepare = async () => {
      throw new Error('name must not be empty')
    }
    await using plugin = await connectInProcess({ builder: builder({ prepare }) })
    await expect(plugin.builder.prepare([])).rejects.toThrow(
      new RemoteError('Builder.Prepare', 'name must not be empty'),
    )
  })

  it('ends in an artifact that answers as long as the plugin lives', async () => {
    const state = async (name: string) =>
      name === 'known' ? { ImageID: 'ami-1', Labels: { a: 'b' } } : undefined
    const run = async () => artifact({ state, files: async () => ['disk.img'] })
    await using plugin = await connectInProcess({ builder: builder({ run }) })
    const made = (await plugin.builder.run(call()))!
    expect([await made.builderId(), await made.id(), await made.describe()]).toEqual([
      'test.builder',
      'image-1',
      'An image',
    ])
    expect(await made.files()).toEqual(['disk.img'])
    expect(await made.state('known')).toEqual({ ImageID: 'ami-1', Labels: { a: 'b' } })
    expect(await made.state('unknown')).toBeUndefined()
    await made.destroy()
  })

  it('may end in none', async () => {
    await using plugin = await connectInProcess({ builder: builder() })
    expect(await plugin.builder.run(call())).toBeUndefined()
  })

  it('fails with the message of its author', async () => {
    const run = async () => {
      throw new Error('quota exceeded')
    }
    await using plugin = await connectInProcess({ builder: builder({ run }) })
    await expect(plugin.builder.run(call())).rejects.toThrow(new RemoteError('Builder.Run', 'quota exceeded'))
  })

  it('has said everything before it ends, in order, though nobody waited for it', async () => {
    const run = async ({ ui }: BuildCall) => {
      for (let i = 0; i < 50; i++) void ui.say(String(i))
      return undefined
    }
    const ui = recordingUi()
    await using plugin = await connectInProcess({ builder: builder({ run }) })
    await plugin.builder.run(call({ ui }))
    expect(ui.said).toEqual(Array.from({ length: 50 }, (_, i) => `say ${i}`))
  })

  it('learns that it is cancelled, and has the time that it needs', async () => {
    const begun = deferred<void>()
    const cleanedUp = deferred<void>()
    const run = async ({ signal }: BuildCall) => {
      begun.resolve()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      expect(signal.reason.name).toBe('AbortError')
      await cleanedUp.promise
      throw signal.reason
    }
    await using plugin = await connectInProcess({ builder: builder({ run }) })
    const cancel = new AbortController()
    const build = plugin.builder.run(call({ signal: cancel.signal }))
    await begun.promise
    cancel.abort()
    cleanedUp.resolve()
    await expect(build).rejects.toThrow('The build was cancelled.')
  })

  it.each([
    ['behind', ['Run', 'Cancel']],
    ['in front of', ['Cancel', 'Run']],
  ])('is not begun when it is cancelled in the same instant, %s its call', async (_, order) => {
    let ran = false
    const run = async () => {
      ran = true
      return undefined
    }
    await using host = await handMadeHost({ builder: builder({ run }) })
    const { id } = host.offer()
    const calls = order.map((method) => host.root.call(`Builder.${method}`, method === 'Cancel' ? null : id))
    const answers = await Promise.allSettled(calls)
    expect(answers).toContainEqual({
      status: 'rejected',
      reason: new RemoteError('Builder.Run', 'The build was cancelled.'),
    })
    expect(ran).toBe(false)
  })

  it('is not begun when it was cancelled before', async () => {
    await using plugin = await connectInProcess({ builder: builder() })
    await expect(plugin.builder.run(call({ signal: AbortSignal.abort() }))).rejects.toMatchObject({
      name: 'AbortError',
    })
  })

  it('is told to clean up when its host goes away', async () => {
    const begun = deferred<void>()
    const reasons: string[] = []
    const run = async ({ signal }: BuildCall) => {
      begun.resolve()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      reasons.push(signal.reason.message)
      return undefined
    }
    const plugin = await connectInProcess({ builder: builder({ run }) })
    const build = plugin.builder.run(call())
    await begun.promise
    await plugin.close()
    expect(reasons).toEqual(['The host of this plugin has gone.'])
    await expect(build).rejects.toMatchObject({ code: 'wire.lost' })
  })
})

describe('a host', () => {
  it('cancels a builder only once it has taken its run up, as those in Go need it', async () => {
    const events: string[] = []
    const finish = deferred<void>()
    const asked = deferred<void>()
    const host = await hostOf('Builder', (peer) => ({
      Run: async (id) => {
        asked.resolve()
        await finish.promise
        await reach(peer, id as number)
        events.push('taken up')
        await new Promise(() => {})
      },
      Cancel: () => void events.push('cancelled'),
    }))
    const cancel = new AbortController()
    const build = host
      .builder()
      .run(call({ signal: cancel.signal }))
      .catch((error) => error.code)
    await asked.promise
    cancel.abort()
    finish.resolve()
    while (events.length < 2) await new Promise((resolve) => setImmediate(resolve))
    expect(events).toEqual(['taken up', 'cancelled'])
    await host.close()
    expect(await build).toBe('wire.lost')
  })

  it('bears a builder that leaves in the middle of its provisioning, and still answers it', async () => {
    const events: string[] = []
    const cancelled = deferred<void>()
    const answers: Promise<unknown>[] = []
    const host = await hostOf('Builder', (peer) => ({
      Run: async (id) => {
        const callbacks = await reach(peer, id as number)
        const offered = peer.broker.nextId()
        peer.broker.accept(offered)
        answers.push(
          callbacks
            .call('Hook.Run', { Name: 'packer_provision', Data: {}, StreamId: offered })
            .catch((error) => error.message),
        )
        await cancelled.promise
        answers.push(callbacks.call('Hook.Cancel'))
        callbacks.close()
        throw new Error('build was cancelled')
      },
      Cancel: () => cancelled.resolve(),
    }))
    const provisioning = hook(async ({ signal }) => {
      cancel.abort()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      events.push('provisioners have ended')
      throw new Error('provisioning was cancelled')
    })
    const cancel = new AbortController()
    const build = host.builder().run(call({ hook: provisioning, signal: cancel.signal }))
    await expect(build).rejects.toThrow('build was cancelled')
    expect(events).toEqual(['provisioners have ended'])
    expect(await Promise.all(answers)).toEqual(['provisioning was cancelled', null])
    await host.close()
  })

  it('ends the provisioning of a build that has gone without a word about it', async () => {
    const ended = deferred<string>()
    const host = await hostOf('Builder', (peer) => ({
      Run: async (id) => {
        const callbacks = await reach(peer, id as number)
        const offered = peer.broker.nextId()
        peer.broker.accept(offered)
        callbacks
          .call('Hook.Run', { Name: 'packer_provision', Data: null, StreamId: offered })
          .catch(() => {})
        await taken.promise
        return 0
      },
    }))
    const taken = deferred<void>()
    const provisioning = hook(async ({ signal }) => {
      taken.resolve()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      ended.resolve(signal.reason.name)
    })
    expect(await host.builder().run(call({ hook: provisioning }))).toBeUndefined()
    expect(await ended.promise).toBe('AbortError')
    await host.close()
  })

  it.each<[string, unknown]>([
    ['text', 'x'],
    ['a negative id', -1],
    ['a fraction', 1.5],
    ['a map', { id: 1 }],
  ])('gets a typed error for a run that is answered with %s', async (_, reply) => {
    const host = await hostOf('Builder', () => ({ Run: () => reply }))
    await expect(host.builder().run(call())).rejects.toMatchObject({ code: 'wire.malformed' })
    await host.close()
  })

  it.each<[string, unknown]>([
    ['text', 'x'],
    ['a list', []],
    ['warnings that are no list', { Warnings: 7 }],
    ['variables that are no text', { GeneratedVars: [{}] }],
    ['an error that is no map', { Error: 7 }],
  ])('gets a typed error for a preparation that is answered with %s', async (_, reply) => {
    const host = await hostOf('Builder', () => ({ Prepare: () => reply }))
    await expect(host.builder().prepare([])).rejects.toMatchObject({ code: 'wire.malformed' })
    await host.close()
  })

  it('gets a typed error for a spec that is none', async () => {
    const host = await hostOf('Builder', () => ({
      ConfigSpec: () => ({ ConfigSpec: Buffer.from('ffff', 'hex') }),
    }))
    await expect(host.builder().configSpec()).rejects.toMatchObject({ name: 'WireError' })
    await host.close()
  })
})
