import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  list,
  listValue,
  map,
  mapValue,
  nullValue,
  objectValue,
  string,
  stringValue,
  type Type,
  toPlain,
  type Value,
} from '@ingot/cty'
import { type Hook, type HookCall, startPlugin } from '@ingot/plugin-rpc'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../harness/folder.ts'
import { recordingUi } from '../harness/recording-ui.ts'
import { goTwin } from '../toolchain/programs.ts'

// A plugin process written in Go with packer-plugin-sdk, driven by this repository's end of the wire.
describe.each([
  { serialization: 'protobuf', protobuf: true },
  { serialization: 'gob', protobuf: false },
])('a plugin in Go over $serialization', ({ protobuf }) => {
  let folder: TemporaryFolder
  beforeEach(() => {
    folder = temporaryFolder()
    mkdirSync(source())
  })
  afterEach(() => folder[Symbol.dispose]())

  const source = () => join(folder.path, 'site')
  const settings = (given: Readonly<Record<string, Value>>) =>
    objectValue({
      source: stringValue(source()),
      store: stringValue(join(folder.path, 'images')),
      regions: nullValue(list(string)),
      labels: nullValue(map(string)),
      ...given,
    })

  test('builds an image, runs the hook and names the image of every region', async () => {
    await using plugin = await startPlugin({ kind: 'builder', name: 'image', file: goTwin.binary, protobuf })
    const attribute = (name: string, type: Type, required = false) => ({ kind: 'attr', name, type, required })
    expect(await plugin.builder.configSpec()).toEqual({
      kind: 'object',
      attributes: {
        source: attribute('source', string, true),
        store: attribute('store', string),
        regions: attribute('regions', list(string)),
        labels: attribute('labels', map(string)),
      },
    })
    const value = settings({
      regions: listValue(string, [stringValue('eu'), stringValue('us')]),
      labels: mapValue(string, { stage: stringValue('test') }),
    })
    expect(await plugin.builder.prepare([{ kind: 'cty', value }])).toEqual({
      generatedVars: ['ImageRoot'],
      warnings: [],
    })

    const ui = recordingUi()
    const calls: HookCall[] = []
    const hook: Hook = { run: async (call) => void calls.push(call) }
    const { signal } = new AbortController()
    const artifact = await plugin.builder.run({ ui, hook, signal })
    const id = await artifact!.id()
    expect(ui.said).toEqual([`say: Adding ${source()}`, `say: Packed ${id}`])
    expect(calls).toMatchObject([{ name: 'packer_provision', data: { ImageRoot: expect.any(String) } }])
    expect(await artifact!.builderId()).toBe('twin.image')
    const [file] = await artifact!.files()
    expect(existsSync(file!)).toBe(true)
    expect(await artifact!.state('nobody.knows')).toBeUndefined()
    const image = {
      ImageID: id,
      ProviderName: 'tarball',
      SourceImageID: source(),
      Labels: { stage: 'test' },
    }
    expect(await artifact!.state('par.artifact.metadata')).toEqual([
      { ...image, ProviderRegion: 'eu' },
      { ...image, ProviderRegion: 'us' },
    ])
    await artifact!.destroy()
    expect(existsSync(file!)).toBe(false)
  })

  test('hears that the build is cancelled while the provisioners run', async () => {
    await using plugin = await startPlugin({ kind: 'builder', name: 'image', file: goTwin.binary, protobuf })
    const value = settings({})
    await plugin.builder.prepare([{ kind: 'cty', value }])
    const user = new AbortController()
    const hook: Hook = {
      run: async ({ signal }) => {
        user.abort()
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        throw new Error('the provisioners were cancelled')
      },
    }
    const run = plugin.builder.run({ ui: recordingUi(), hook, signal: user.signal })
    await expect(run).rejects.toThrow('the provisioners were cancelled')
  })

  test('says in its own words what it refuses', async () => {
    await using plugin = await startPlugin({ kind: 'builder', name: 'image', file: goTwin.binary, protobuf })
    const value = objectValue({
      source: stringValue(''),
      regions: nullValue(list(string)),
    })
    await expect(plugin.builder.prepare([{ kind: 'cty', value }])).rejects.toThrow(
      'source is missing: name the directory to pack',
    )
  })

  test('answers what its data source reads', async () => {
    await using plugin = await startPlugin({
      kind: 'datasource',
      name: 'listing',
      file: goTwin.binary,
      protobuf,
    })
    await plugin.datasource.configure([
      { kind: 'cty', value: objectValue({ folder: stringValue(source()) }) },
    ])
    const read = await plugin.datasource.execute({ signal: new AbortController().signal })
    expect(toPlain(read)).toEqual({ names: [], count: 0 })
  })
})
