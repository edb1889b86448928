import { list, listValue, nullValue, objectValue, string, stringValue, toPlain } from '@ingot/cty'
import { type Hook, type HookCall, startPlugin, type Ui } from '@ingot/plugin-rpc'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../harness/folder.ts'
import { goTwin } from '../toolchain/programs.ts'

// A plugin process written in Go with packer-plugin-sdk, driven by this repository's end of the wire.
describe.each([
  { serialization: 'protobuf', protobuf: true },
  { serialization: 'gob', protobuf: false },
])('a plugin in Go over $serialization', ({ protobuf }) => {
  let folder: TemporaryFolder
  beforeEach(() => {
    folder = temporaryFolder()
  })
  afterEach(() => folder[Symbol.dispose]())

  test('builds an image, runs the hook and names the image of every region', async () => {
    await using plugin = await startPlugin({ kind: 'builder', name: 'image', file: goTwin.binary, protobuf })
    expect(await plugin.builder.configSpec()).toEqual({
      kind: 'object',
      attributes: {
        source: { kind: 'attr', name: 'source', type: string, required: true },
        regions: { kind: 'attr', name: 'regions', type: list(string), required: false },
      },
    })
    const regions = listValue(string, [stringValue('eu'), stringValue('us')])
    const value = objectValue({ source: stringValue(folder.path), regions })
    expect(await plugin.builder.prepare([{ kind: 'cty', value }])).toEqual({
      generatedVars: ['TarPath'],
      warnings: [],
    })

    const said: string[] = []
    const calls: HookCall[] = []
    const hook: Hook = { run: async (call) => void calls.push(call) }
    const { signal } = new AbortController()
    const artifact = await plugin.builder.run({ ui: recordingUi(said), hook, signal })
    expect(said).toEqual([`Packing ${folder.path}`])
    const id = await artifact!.id()
    expect(calls).toMatchObject([{ name: 'packer_provision', data: { ID: id } }])
    expect(await artifact!.builderId()).toBe('twin.image')
    expect(await artifact!.files()).toEqual([calls[0]!.data['TarPath']])
    expect(await artifact!.state('nobody.knows')).toBeUndefined()
    const image = { ImageID: id, ProviderName: 'tarball', SourceImageID: folder.path, Labels: {} }
    expect(await artifact!.state('par.artifact.metadata')).toEqual([
      { ...image, ProviderRegion: 'eu' },
      { ...image, ProviderRegion: 'us' },
    ])
    await artifact!.destroy()
  })

  test('hears that the build is cancelled while the provisioners run', async () => {
    await using plugin = await startPlugin({ kind: 'builder', name: 'image', file: goTwin.binary, protobuf })
    const value = objectValue({ source: stringValue(folder.path), regions: nullValue(list(string)) })
    await plugin.builder.prepare([{ kind: 'cty', value }])
    const user = new AbortController()
    const hook: Hook = {
      run: async ({ signal }) => {
        user.abort()
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        throw new Error('the provisioners were cancelled')
      },
    }
    const run = plugin.builder.run({ ui: recordingUi([]), hook, signal: user.signal })
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
      { kind: 'cty', value: objectValue({ folder: stringValue(folder.path) }) },
    ])
    const read = await plugin.datasource.execute({ signal: new AbortController().signal })
    expect(toPlain(read)).toEqual({ names: [], count: 0 })
  })
})

function recordingUi(said: string[]): Ui {
  const keep = async (text: string) => void said.push(text)
  const refuse = async () => {
    throw new Error('The plugin should not have asked for this.')
  }
  return { say: keep, message: keep, error: keep, ask: refuse, machine: refuse, trackProgress: refuse }
}
