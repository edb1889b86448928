import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nullValue, objectValue, string, stringValue, type Value } from '@ingot/cty'
import { type Provisioner, startPlugin } from '@ingot/plugin-rpc'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../harness/folder.ts'
import { drive } from '../harness/go-client.ts'
import { localCommunicator } from '../harness/local-communicator.ts'
import { recordingUi } from '../harness/recording-ui.ts'
import { goTwin } from '../toolchain/programs.ts'

let folder: TemporaryFolder
beforeEach(() => {
  folder = temporaryFolder()
  mkdirSync(join(folder.path, 'site'))
  writeFileSync(join(folder.path, 'site', 'index.html'), '<h1>site</h1>\n')
})
afterEach(() => folder[Symbol.dispose]())

const never = new AbortController().signal

describe.each([
  { serialization: 'protobuf', protobuf: true },
  { serialization: 'gob', protobuf: false },
])('a provisioner in Go over $serialization, in our host', ({ protobuf }) => {
  const start = () => startPlugin({ kind: 'provisioner', name: 'tour', file: goTwin.binary, protobuf })

  const prepare = (provisioner: Provisioner, given: Readonly<Record<string, Value>> = {}) => {
    const value = objectValue({ folder: stringValue(folder.path), mode: nullValue(string), ...given })
    const settings = { packer_build_name: 'site', packer_sensitive_variables: null }
    return provisioner.prepare([
      { kind: 'plain', data: settings },
      { kind: 'cty', value },
      { kind: 'plain', data: null },
    ])
  }

  test('uses everything that it is given', async () => {
    await using plugin = await start()
    const { provisioner } = plugin
    expect(Object.keys((await provisioner.configSpec()).attributes).toSorted()).toEqual(['folder', 'mode'])
    await prepare(provisioner)
    const ui = recordingUi('a test')
    const data = { ID: 'i-1', Port: 22 }
    await provisioner.provision({ ui, communicator: localCommunicator, data, signal: never })
    const made = join(folder.path, 'made')
    expect(ui.said).toEqual([
      'say: run 1 of , on i-1',
      'message: a message',
      'error: an error\nof two lines',
      'machine: twin one two,three',
      'ask: who is there?',
      'say: asked: a test',
      'progress: a.file 10 of 10',
      'say: status 3, "fed by stdin", "complaint\\n"',
      'say: status 0 without streams',
      'say: downloaded: uploaded',
      expect.stringMatching(/^say: missing: ENOENT: no such file or directory/),
      expect.stringMatching(/^say: missing: ENOENT: no such file or directory/),
    ])
    expect(readFileSync(made, 'utf8')).toBe('uploaded')
    expect(statSync(`${made}.copy`).mode & 0o777).toBe(statSync(made).mode & 0o777)
    expect(readFileSync(`${made}.again/index.html`, 'utf8')).toBe('<h1>site</h1>\n')
  })

  test('hears that nobody can be asked', async () => {
    await using plugin = await start()
    await prepare(plugin.provisioner)
    const ui = recordingUi()
    await plugin.provisioner.provision({ ui, communicator: localCommunicator, data: {}, signal: never })
    expect(ui.said).toContain('say: asked: nobody: no available tty')
  })

  test('is run again after it failed, in the same process', async () => {
    await using plugin = await start()
    const { provisioner } = plugin
    const call = { ui: recordingUi(), communicator: localCommunicator, data: {}, signal: never }
    await prepare(provisioner, { mode: stringValue('fail') })
    await expect(provisioner.provision(call)).rejects.toThrow('failed as it was told')
    await prepare(provisioner)
    await provisioner.provision(call)
    expect(call.ui.said).toContain('say: run 2 of , on <nil>')
  })

  test('hears that it is cancelled, also in the instant of its call, and is waited for', async () => {
    for (const cancelOn of ['run', 'begin']) {
      await using plugin = await start()
      await prepare(plugin.provisioner, { mode: stringValue('wait') })
      const user = new AbortController()
      const ui = recordingUi()
      const say = async (text: string) => {
        await ui.say(text)
        if (text.startsWith(cancelOn)) user.abort()
      }
      const run = plugin.provisioner.provision({
        ui: { ...ui, say },
        communicator: localCommunicator,
        data: {},
        signal: user.signal,
      })
      if (cancelOn === 'begin') user.abort()
      await expect(run).rejects.toThrow('context canceled')
      expect(ui.said.at(-1)).toBe('say: cleaned up')
    }
  })

  test('says in its own words what it refuses', async () => {
    await using plugin = await start()
    await expect(prepare(plugin.provisioner, { folder: stringValue('') })).rejects.toThrow(
      'folder is missing: name the directory to work in',
    )
  })
})

interface Seen {
  readonly spec: unknown
  readonly prepareError?: string
  readonly provisionError?: string
  readonly ui: readonly string[]
}

describe.each([
  { serialization: 'protobuf', protobuf: ['-protobuf'] },
  { serialization: 'gob', protobuf: [] },
])("a provisioner in TypeScript, driven by Go's client over $serialization", ({ protobuf }) => {
  const inventory = (configuration: object, flags: readonly string[] = []) =>
    drive<Seen>({
      cwd: folder.path,
      flags: [...protobuf, ...flags],
      kind: 'provisioner',
      name: 'inventory',
      configuration,
    })

  test('tells its spec, runs a command with input and uploads a file', () => {
    const file = join(folder.path, 'INVENTORY')
    const seen = inventory({ folder: join(folder.path, 'site'), file, title: 'made by a test' })
    expect(seen.provisionError).toBeUndefined()
    expect(seen.spec).toEqual(['object', { folder: 'string', file: 'string', title: 'string' }])
    expect(seen.ui).toEqual([`say: Listing ${join(folder.path, 'site')}`, `say: Files in ${file}: 1`])
    expect(readFileSync(file, 'utf8')).toMatch(/^# made by a test\n[0-9a-f]{64} {2}\.\/index\.html\n$/)
    expect(statSync(file).mode & 0o777).toBe(0o444)
  })

  test('fails in one readable message', () => {
    const seen = inventory({ folder: join(folder.path, 'nowhere') })
    expect(seen.provisionError).toMatch(/Cannot list .*nowhere/)
  })

  test('ends when it is cancelled', () => {
    const seen = inventory({ folder: join(folder.path, 'site') }, ['-cancel-on', 'Listing'])
    expect(seen.provisionError).toMatch(/cancel/i)
  })
})
