import { describe, expect, it } from 'vitest'
import { artifact, never, postProcessor, recordingUi, spec } from '../../test/components.ts'
import { handMadeHost } from '../../test/hand-made-host.ts'
import { hostOf } from '../../test/hand-made-plugin.ts'
import type { Artifact, ConfigElement, PostProcessCall, PostProcessed } from '../components.ts'
import { deferred } from '../deferred.ts'
import { connectInProcess } from '../in-process.ts'
import { RemoteError } from '../remote-error.ts'
import { artifactClient, serveArtifact } from './artifact.ts'
import { offer, reach } from './peer.ts'

const call = (changes: Partial<PostProcessCall> = {}): PostProcessCall => ({
  ui: recordingUi(),
  artifact: artifact(),
  signal: never,
  ...changes,
})

const made = (result: Artifact, changes: Partial<PostProcessed> = {}): PostProcessed => ({
  artifact: result,
  keepInput: false,
  forceKeep: false,
  ...changes,
})

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))

const serving = (postProcess: (call: PostProcessCall) => Promise<PostProcessed | undefined>) =>
  connectInProcess({ postProcessor: postProcessor({ postProcess }) })

describe.each([true, false])('a post-processor over the wire, with protobuf: %s', (protobuf) => {
  it('tells its spec, and gets configurations as they are', async () => {
    const seen: unknown[] = []
    const configure = async (configs: readonly ConfigElement[]) => void seen.push(configs)
    await using plugin = await connectInProcess({ postProcessor: postProcessor({ configure }) }, { protobuf })
    const configs: ConfigElement[] = [
      { kind: 'plain', data: { packer_force: false, level: 3 } },
      { kind: 'cty', value: { type: { kind: 'string' }, content: 'typed' } },
    ]
    expect(await plugin.postProcessor.configSpec()).toEqual(spec)
    await plugin.postProcessor.configure(configs)
    expect(seen).toEqual([configs])
  })
})

describe('a post-processor', () => {
  it('reads its input, says what it does, and makes an artifact of its own', async () => {
    const input = artifact({ files: async () => ['disk.img'], state: async (name) => `state of ${name}` })
    const ui = recordingUi()
    await using plugin = await serving(async ({ artifact: given, ui }) => {
      void ui.say(`${await given.id()} ${await given.files()} ${await given.state('x')}`)
      return made(artifact({ id: async () => 'packed' }))
    })
    const result = (await plugin.postProcessor.postProcess(call({ ui, artifact: input })))!
    expect(ui.said).toEqual(['say image-1 disk.img state of x'])
    expect([await result.artifact.id(), result.keepInput, result.forceKeep]).toEqual(['packed', false, false])
  })

  it.each([
    [true, false],
    [true, true],
    [false, false],
  ])('says whether its input stays: %s, by force: %s', async (keepInput, forceKeep) => {
    await using plugin = await serving(async () => made(artifact(), { keepInput, forceKeep }))
    expect(await plugin.postProcessor.postProcess(call())).toMatchObject({ keepInput, forceKeep })
  })

  it('may end without an artifact, and closes its stream to the host then', async () => {
    await using host = await handMadeHost({ postProcessor: postProcessor() })
    const { id, stream } = host.offer()
    expect(await host.root.call('PostProcessor.PostProcess', id)).toEqual({
      Err: null,
      Keep: false,
      ForceOverride: false,
      StreamId: 0,
    })
    expect((await stream).remoteEnded).toBe(true)
  })

  it('fails with the messages of its author, which the log has in full', async () => {
    const fail = async () => {
      throw new Error('the disk is full')
    }
    const log: string[] = []
    await using plugin = await connectInProcess(
      { postProcessor: postProcessor({ configure: fail, postProcess: fail }) },
      { onLog: (line) => log.push(line) },
    )
    await expect(plugin.postProcessor.configure([])).rejects.toThrow(
      new RemoteError('PostProcessor.Configure', 'the disk is full'),
    )
    await expect(plugin.postProcessor.postProcess(call())).rejects.toThrow(
      new RemoteError('PostProcessor.PostProcess', 'the disk is full'),
    )
    expect(log.join('\n')).toMatch(/PostProcessor\.PostProcess failed: Error: the disk is full\n.*at /)
  })

  it('tells its failure in the body, and closes its stream to the host', async () => {
    const fail = async () => {
      throw new Error('failed')
    }
    await using host = await handMadeHost({ postProcessor: postProcessor({ postProcess: fail }) })
    const { id, stream } = host.offer()
    expect(await host.root.call('PostProcessor.PostProcess', id)).toMatchObject({
      Err: { Message: 'failed' },
      StreamId: 0,
    })
    expect((await stream).remoteEnded).toBe(true)
  })
})

describe('a post-processor whose result is its input', () => {
  const passThrough = async ({ artifact: given }: PostProcessCall) => made(given)

  it('has it kept, even against the template, though it did not think of it', async () => {
    await using plugin = await serving(passThrough)
    expect(await plugin.postProcessor.postProcess(call())).toMatchObject({ keepInput: true, forceKeep: true })
  })

  it('answers for it as long as it lives, on the stream that it was given', async () => {
    const events: string[] = []
    const services = serveArtifact(
      artifact({
        state: async (name) => ({ [name]: 1 }),
        destroy: async () => void events.push('destroyed'),
      }),
    )
    await using host = await handMadeHost({ postProcessor: postProcessor({ postProcess: passThrough }) })
    const { id, stream } = host.offer(services)
    const { StreamId } = (await host.root.call('PostProcessor.PostProcess', id)) as { StreamId: number }
    const result = artifactClient(await reach(host.peer, StreamId))
    expect([await result.id(), await result.state('x')]).toEqual(['image-1', { x: 1 }])
    expect((await stream).remoteEnded).toBe(false)
    await result.destroy()
    expect(events).toEqual(['destroyed'])
  })

  it('may also change what it says, and pass the rest on', async () => {
    await using plugin = await serving(async ({ artifact: given }) => {
      const state = async (name: string) => (name === 'mine' ? 'changed' : given.state(name))
      return made({ ...given, state }, { keepInput: true })
    })
    const input = artifact({ state: async (name) => `state of ${name}` })
    const result = (await plugin.postProcessor.postProcess(call({ artifact: input })))!
    expect([await result.artifact.state('mine'), await result.artifact.state('other')]).toEqual([
      'changed',
      'state of other',
    ])
    expect(await result.artifact.id()).toBe('image-1')
  })

  it('passes on that its input cannot be destroyed, in the header, and goes on answering', async () => {
    const destroy = async () => {
      throw new Error('still in use')
    }
    await using plugin = await serving(passThrough)
    const result = (await plugin.postProcessor.postProcess(call({ artifact: artifact({ destroy }) })))!
    await expect(result.artifact.destroy()).rejects.toThrow('still in use')
    expect(await result.artifact.id()).toBe('image-1')
  })
})

describe('a post-processor that is cancelled', () => {
  it('has the time that it needs', async () => {
    const begun = deferred<void>()
    const events: string[] = []
    await using plugin = await serving(async ({ signal }) => {
      begun.resolve()
      await aborted(signal)
      for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
      events.push('cleaned up')
      throw signal.reason
    })
    const cancel = new AbortController()
    const run = plugin.postProcessor.postProcess(call({ signal: cancel.signal }))
    await begun.promise
    cancel.abort()
    await expect(run).rejects.toThrow('The post-processor was cancelled.')
    expect(events).toEqual(['cleaned up'])
  })

  it.each([
    ['behind', ['PostProcess', 'Cancel']],
    ['in front of', ['Cancel', 'PostProcess']],
  ])(
    'in the same instant, with the cancel %s the call, is not begun and goes on to live',
    async (_, order) => {
      let runs = 0
      const postProcess = async () => {
        runs += 1
        return undefined
      }
      await using host = await handMadeHost({ postProcessor: postProcessor({ postProcess }) })
      const { id } = host.offer()
      const calls = order.map((method) =>
        host.root.call(`PostProcessor.${method}`, method === 'Cancel' ? null : id),
      )
      expect(await Promise.all(calls)).toContainEqual(
        expect.objectContaining({ Err: { Message: 'The post-processor was cancelled.' } }),
      )
      expect(runs).toBe(0)
      await host.root.call('PostProcessor.Configure', { Configs: null })
      await host.root.call('PostProcessor.PostProcess', host.offer().id)
      expect(runs).toBe(1)
    },
  )
})

describe('a host of a post-processor', () => {
  it('serves the input of a plugin in Go for as long as its result needs it', async () => {
    const host = await hostOf('PostProcessor', (peer) => ({
      PostProcess: async (id) => {
        const input = artifactClient(await reach(peer, id as number))
        return { Err: null, Keep: false, StreamId: offer(peer, serveArtifact(input)).id }
      },
    }))
    const result = (await host.postProcessor().postProcess(call()))!
    expect([await result.artifact.id(), result.keepInput, result.forceKeep]).toEqual([
      'image-1',
      false,
      false,
    ])
    await host.close()
  })

  it('ends its stream when the plugin does', async () => {
    const ended = deferred<unknown>()
    const host = await hostOf('PostProcessor', (peer) => ({
      PostProcess: async (id) => {
        const stream = await peer.broker.dial(id as number)
        void stream.close()
        ended.resolve(stream.read())
        return { Err: null, StreamId: offer(peer, serveArtifact(artifact())).id }
      },
    }))
    await host.postProcessor().postProcess(call())
    expect(await ended.promise).toBeUndefined()
    await host.close()
  })

  it.each<[string, unknown]>([
    ['text', 'x'],
    ['an error that is no map', { Err: 7 }],
    ['a stream id that is none', { StreamId: -1 }],
    ['a question of keeping that is none', { StreamId: 1, Keep: 'yes' }],
    ['a question of force that is none', { StreamId: 1, ForceOverride: 2 }],
  ])('gets a typed error for the answer with %s', async (_, reply) => {
    const host = await hostOf('PostProcessor', () => ({ PostProcess: () => reply }))
    await expect(host.postProcessor().postProcess(call())).rejects.toMatchObject({ code: 'wire.malformed' })
    await host.close()
  })
})
