import { describe, expect, it } from 'vitest'
import { builder, communicator, hook, never, recordingUi } from '../../test/components.ts'
import type { BuildCall, Hook, HookCall, RemoteCommand } from '../components.ts'
import { deferred } from '../deferred.ts'
import { connectInProcess } from '../in-process.ts'

const hookCall = ({ ui, signal }: BuildCall, changes: Partial<HookCall> = {}): HookCall => ({
  name: 'packer_provision',
  ui,
  communicator: undefined,
  data: {},
  signal,
  ...changes,
})

/** Runs a build of the plugin's, with the hook of the host's. */
async function build(
  run: (call: BuildCall) => Promise<void>,
  provisioning: Hook,
  signal = never,
): Promise<string[]> {
  const ui = recordingUi()
  await using plugin = await connectInProcess({
    builder: builder({
      run: async (call) => {
        await run(call)
        return undefined
      },
    }),
  })
  await plugin.builder.run({ ui, hook: provisioning, signal })
  return ui.said
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))

describe('the provisioning hook', () => {
  it('hands on its name and data, and what provisioners say comes back through the builder', async () => {
    const seen: unknown[] = []
    const said = await build(
      async (call) => {
        const ui = { ...call.ui, say: (text: string) => call.ui.say(`builder: ${text}`) }
        await call.hook.run(hookCall(call, { ui, data: { Host: 'h', Port: 22, SSHAgentAuth: true } }))
      },
      hook(async ({ name, data, ui }) => {
        seen.push(name, data)
        void ui.say('provisioning')
      }),
    )
    expect(seen).toEqual(['packer_provision', { Host: 'h', Port: 22, SSHAgentAuth: true }])
    expect(said).toEqual(['say builder: provisioning'])
  })

  it('can run twice in a build, also for the clean-up after a failure', async () => {
    const names: string[] = []
    await build(
      async (call) => {
        await expect(call.hook.run(hookCall(call))).rejects.toThrow('step 1 failed')
        await call.hook.run(hookCall(call, { name: 'packer_cleanup_provision' }))
      },
      hook(async ({ name }) => {
        names.push(name)
        if (name === 'packer_provision') throw new Error('step 1 failed')
      }),
    )
    expect(names).toEqual(['packer_provision', 'packer_cleanup_provision'])
  })

  it('lets a builder that is cancelled wait for its provisioners', async () => {
    const events: string[] = []
    const cancel = new AbortController()
    const built = build(
      async (call) => {
        await call.hook.run(hookCall(call)).catch((error) => events.push(`hook: ${error.message}`))
        events.push('builder has ended')
        throw call.signal.reason
      },
      hook(async ({ signal }) => {
        cancel.abort()
        await aborted(signal)
        for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
        events.push('provisioner has cleaned up')
        throw new Error('interrupted')
      }),
      cancel.signal,
    )
    await expect(built).rejects.toThrow('The build was cancelled.')
    expect(events).toEqual(['provisioner has cleaned up', 'hook: interrupted', 'builder has ended'])
  })

  it('is not run at all with a signal that has aborted', async () => {
    let ran = false
    await build(
      async (call) => {
        const signal = AbortSignal.abort()
        await expect(call.hook.run(hookCall(call, { signal }))).rejects.toMatchObject({ name: 'AbortError' })
      },
      hook(async () => {
        ran = true
      }),
    )
    expect(ran).toBe(false)
  })

  it('refuses every use of a communicator that the builder does not have', async () => {
    const said = await build(
      (call) => call.hook.run(hookCall(call)),
      hook(async (call) => {
        await call.communicator!.start({ command: 'ls' }).catch((error) => call.ui.error(error.message))
        await call
          .communicator!.uploadDir({ source: 'a', target: 'b', exclude: [] })
          .catch((error) => call.ui.error(error.message))
      }),
    )
    expect(said).toEqual(
      Array(2).fill('error This build has no machine to talk to: its builder has no communicator.'),
    )
  })

  it('tells what was begun on the machine when the provisioners have left it', async () => {
    const events: string[] = []
    const status = deferred<number>()
    await build(
      async (call) => {
        const start = async ({ signal }: RemoteCommand) => {
          events.push(signal!.aborted ? 'begun too late' : 'begun')
          signal!.addEventListener('abort', () => status.resolve(143))
          return { exitStatus: status.promise }
        }
        await call.hook.run(hookCall(call, { communicator: communicator({ start }) }))
      },
      hook(async ({ communicator }) => {
        await communicator!.start({ command: 'sleep 1000' })
        events.push('not waited for')
      }),
    )
    expect(await status.promise).toBe(143)
    expect(events).toEqual(['begun', 'not waited for'])
  })

  it('leaves out data that templates cannot use', async () => {
    const seen = deferred<unknown>()
    const data = { ok: 1, list: [1], map: {}, none: null } as unknown as HookCall['data']
    await build(
      (call) => call.hook.run(hookCall(call, { data })),
      hook(async (call) => seen.resolve(call.data)),
    )
    expect(await seen.promise).toEqual({ ok: 1 })
  })

  it('ends when the host dies in the middle', async () => {
    const begun = deferred<void>()
    const ended = deferred<string>()
    const plugin = await connectInProcess({
      builder: builder({
        run: async (call) => {
          await call.hook
            .run(hookCall(call, { communicator: communicator() }))
            .catch((error) => ended.resolve(error.code))
          return undefined
        },
      }),
    })
    const run = plugin.builder.run({
      ui: recordingUi(),
      signal: never,
      hook: hook(async ({ signal }) => {
        begun.resolve()
        await aborted(signal)
      }),
    })
    await begun.promise
    await plugin.close()
    expect(await ended.promise).toBe('wire.lost')
    await expect(run).rejects.toMatchObject({ code: 'wire.lost' })
  })
})
