import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bool, boolValue, nullValue, objectValue, stringValue, type Value } from '@ingot/cty'
import { type Artifact, startPlugin } from '@ingot/plugin-rpc'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../harness/folder.ts'
import { drive } from '../harness/go-client.ts'
import { recordingUi } from '../harness/recording-ui.ts'
import { goTwin } from '../toolchain/programs.ts'

let folder: TemporaryFolder
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder[Symbol.dispose]())

describe.each([
  { serialization: 'protobuf', protobuf: true },
  { serialization: 'gob', protobuf: false },
])('a post-processor in Go over $serialization, in our host', ({ protobuf }) => {
  const input: Artifact = {
    builderId: async () => 'probe.image',
    id: async () => 'image-1',
    describe: async () => 'An image',
    files: async () => ['disk.img'],
    state: async (name) => (name === 'known' ? { Port: 22 } : undefined),
    destroy: async () => {},
  }

  const wrap = async (mode: string, given: Readonly<Record<string, Value>> = {}, artifact = input) => {
    const plugin = await startPlugin({ kind: 'post-processor', name: 'wrap', file: goTwin.binary, protobuf })
    const value = objectValue({
      mode: stringValue(mode),
      keep: nullValue(bool),
      force: nullValue(bool),
      ...given,
    })
    const configs = [
      { kind: 'plain', data: { packer_build_name: 'site', packer_sensitive_variables: ['secret'] } },
      { kind: 'cty', value },
    ] as const
    await plugin.postProcessor.configure(configs).catch(async (error) => {
      await plugin.kill()
      throw error
    })
    const ui = recordingUi()
    const user = new AbortController()
    const say = async (text: string) => {
      await ui.say(text)
      if (mode === 'wait' && text.startsWith('state')) user.abort()
    }
    const result = plugin.postProcessor.postProcess({ ui: { ...ui, say }, artifact, signal: user.signal })
    return { plugin, said: ui.said, result }
  }

  test('reads its input and makes another artifact', async () => {
    const { plugin, said, result } = await wrap('new', { keep: boolValue(true) })
    await using _ = plugin
    const { artifact, keepInput, forceKeep } = (await result)!
    expect(said).toEqual([
      'say: image-1 of probe.image, "An image", files [disk.img]',
      'say: state: map[Port:22], <nil>',
    ])
    expect([await artifact.id(), await artifact.builderId(), keepInput, forceKeep]).toEqual([
      'wrapped image-1',
      'twin.wrap',
      true,
      false,
    ])
    expect(await artifact.files()).toEqual(['disk.img'])
  })

  test('hands its input on, which answers through it', async () => {
    const asked: string[] = []
    const state = async (name: string) => void asked.push(name)
    const destroy = async () => void asked.push('destroy')
    const { plugin, result } = await wrap('same', { force: boolValue(true) }, { ...input, state, destroy })
    await using _ = plugin
    const { artifact, keepInput, forceKeep } = (await result)!
    expect([await artifact.id(), await artifact.state('later'), keepInput, forceKeep]).toEqual([
      'image-1',
      undefined,
      false,
      true,
    ])
    await artifact.destroy()
    expect(asked).toEqual(['known', 'unknown', 'later', 'destroy'])
  })

  test('tells that its input cannot be destroyed', async () => {
    const destroy = async () => {
      throw new Error('still in use')
    }
    const { plugin, result } = await wrap('same', {}, { ...input, destroy })
    await using _ = plugin
    await expect((await result)!.artifact.destroy()).rejects.toThrow('still in use')
  })

  test('makes nothing, or fails, in its own words', async () => {
    const none = await wrap('none')
    const failed = await wrap('fail')
    await using _ = none.plugin
    await using __ = failed.plugin
    expect(await none.result).toBeUndefined()
    await expect(failed.result).rejects.toThrow('failed as it was told')
    await expect(wrap('')).rejects.toThrow('mode is missing: say new, same, none or fail')
  })

  test('hears that it is cancelled, and is waited for', async () => {
    const { plugin, said, result } = await wrap('wait')
    await using _ = plugin
    await expect(result).rejects.toThrow('context canceled')
    expect(said.at(-1)).toBe('say: cleaned up')
  })
})

interface Seen {
  readonly spec: unknown
  readonly processError?: string
  readonly configureError?: string
  readonly ui: readonly string[]
  readonly keep: boolean
  readonly forceOverride: boolean
  readonly artifact?: { readonly id: string; readonly files: readonly string[] }
  readonly inputDestroyed: boolean
}

describe.each([
  { serialization: 'protobuf', protobuf: ['-protobuf'] },
  { serialization: 'gob', protobuf: [] },
])("a post-processor in TypeScript, driven by Go's client over $serialization", ({ protobuf }) => {
  const exported = (configuration: object, file: string) =>
    drive<Seen>({
      cwd: folder.path,
      flags: [...protobuf, '-file', file],
      kind: 'post-processor',
      name: 'export',
      configuration,
    })

  test('makes an artifact that answers for its input too, which it keeps', () => {
    const [file, output] = [join(folder.path, 'disk.img'), join(folder.path, 'out', 'site.img')]
    writeFileSync(file, 'an image')
    const seen = exported({ output }, file)
    expect(seen.processError).toBeUndefined()
    expect(seen.spec).toEqual(['object', { output: 'string' }])
    expect(seen.ui).toEqual([`say: Exported to ${output}`])
    expect(seen).toMatchObject({ keep: true, forceOverride: true, inputDestroyed: false })
    expect(seen.artifact).toMatchObject({
      id: 'image-1',
      builderId: 'probe.image',
      files: [output],
      unknown: null,
    })
    // The client has destroyed the result in the end, and with it what it was not made of.
    expect([existsSync(output), existsSync(file)]).toEqual([false, true])
  })

  test('fails in one readable message', () => {
    const seen = exported({ output: 'out' }, join(folder.path, 'nowhere'))
    expect(seen.processError).toMatch(/nowhere/)
    expect(seen.artifact).toBeUndefined()
  })
})
