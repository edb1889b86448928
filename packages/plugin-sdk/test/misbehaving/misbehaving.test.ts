import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { type Communicator, type HookCall, type RunningBuilder, startPlugin } from '@ingot/plugin-rpc'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RecordingUi } from '../../src/testing/recording-ui.ts'
import { endsWithin, peakMemory } from './processes.ts'

const pluginFile = fileURLToPath(new URL('plugin.ts', import.meta.url))
const hostFile = fileURLToPath(new URL('host.ts', import.meta.url))
const hook = { run: async () => {} }
const never = new AbortController().signal

/** What plugins may make temporary files in; nothing is left there. */
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'im-'))
})

afterEach(() => {
  const left = readdirSync(folder)
  rmSync(folder, { recursive: true })
  expect(left).toEqual([])
})

const of = (name: string, log: string[] = []) => ({
  name,
  file: process.execPath,
  args: [pluginFile],
  env: { TMPDIR: folder },
  protobuf: true,
  onLog: (line: string) => void log.push(line),
})

async function messageOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (error: Error) => error,
  )
  return error?.message ?? 'nothing was refused'
}

interface Building {
  readonly ui?: RecordingUi
  readonly signal?: AbortSignal
}

async function build(plugin: RunningBuilder, { ui = new RecordingUi(), signal = never }: Building = {}) {
  await plugin.builder.prepare([{ kind: 'plain', data: {} }])
  return plugin.builder.run({ ui, hook, signal })
}

/** Cancels as soon as something is said. */
function cancelling() {
  const cancel = new AbortController()
  const ui = new RecordingUi()
  ui.say = async (text) => {
    ui.lines.push(text)
    cancel.abort()
  }
  return { ui, signal: cancel.signal, cancel }
}

describe('author code that fails', () => {
  test.each([
    ['throws', 'the disk is full'],
    ['rejects', 'cannot pack: the disk is full'],
    ['throws-text', 'the disk is full'],
    ['throws-nothing', 'undefined was thrown'],
    ['throws-later', 'the disk is full'],
    ['forgets-a-promise', 'the disk is full'],
    ['without-id', 'The build returned no id: return the id of what it made'],
    ['without-provider', /image .*providerName/],
    ['without-images', /Return its images, or say images: 'none'/],
    ['exits', /^The plugin node ended with exit code 3 in the middle of Builder\.Run\./],
  ])('is one readable message, and the log has the rest: %s', async (name, message) => {
    const log: string[] = []
    await using plugin = await startPlugin({ ...of(name, log), kind: 'builder' })
    const told = await messageOf(build(plugin))
    expect(told).toEqual(typeof message === 'string' ? message : expect.stringMatching(message))
    expect(told).not.toMatch(/^\s+at /m)
    expect(log.join('\n')).not.toContain('panic:')
  })
})

describe('author code that takes no notice of its signal', () => {
  test('is left when its grace is over, and its process ends: a builder', async () => {
    await using plugin = await startPlugin({ ...of('deaf'), kind: 'builder' })
    expect(await messageOf(build(plugin, cancelling()))).toBe(
      'The build was cancelled, but the builder had not ended 300ms later and was left: look for what it has begun',
    )
    expect(await endsWithin(plugin.pid, 5_000)).toBe(true)
  })

  test('is left when its grace is over, and its process ends: a clean-up', async () => {
    await using plugin = await startPlugin({ ...of('deaf-in-clean-up'), kind: 'builder' })
    const building = cancelling()
    expect(await messageOf(build(plugin, building))).toBe('The build was cancelled.')
    expect(building.ui.lines.at(-1)).toMatch(
      /^Cleaning up failed: .* a clean-up of the builder had not ended/,
    )
    expect(await endsWithin(plugin.pid, 5_000)).toBe(true)
  })

  test('is left when its grace is over, and its process ends: a provisioner', async () => {
    await using plugin = await startPlugin({ ...of('deaf'), kind: 'provisioner' })
    await plugin.provisioner.prepare([{ kind: 'plain', data: {} }])
    const { ui, signal } = cancelling()
    const run = plugin.provisioner.provision({ ui, signal, communicator: machine(), data: {} })
    expect(await messageOf(run)).toMatch(/the provisioner had not ended 300ms later/)
    expect(await endsWithin(plugin.pid, 5_000)).toBe(true)
  })

  test('is left when its grace is over, and its process ends: a post-processor', async () => {
    await using plugin = await startPlugin({ ...of('deaf'), kind: 'post-processor' })
    await plugin.postProcessor.configure([{ kind: 'plain', data: {} }])
    const { ui, signal } = cancelling()
    const run = plugin.postProcessor.postProcess({ ui, signal, artifact })
    expect(await messageOf(run)).toMatch(/the post-processor had not ended 300ms later/)
    expect(await endsWithin(plugin.pid, 5_000)).toBe(true)
  })

  test('is left when its grace is over, and its process ends: a data source', async () => {
    await using plugin = await startPlugin({ ...of('deaf'), kind: 'datasource' })
    await plugin.datasource.configure([])
    const cancel = new AbortController()
    const run = plugin.datasource.execute({ signal: cancel.signal })
    cancel.abort()
    expect(await messageOf(run)).toMatch(/the data source had not ended 300ms later/)
    expect(await endsWithin(plugin.pid, 5_000)).toBe(true)
  })
})

describe('a flood of output', () => {
  test('that nobody waits for takes bounded memory, and the user is told what was left out', async () => {
    await using plugin = await startPlugin({ ...of('floods'), kind: 'builder' })
    const ui = new RecordingUi()
    expect(await (await build(plugin, { ui }))!.id()).toBe('image-1')
    const leftOut = ui.lines.filter((line) => /^[\d,]+ texts were left out here/.test(line))
    const count = leftOut.reduce((sum, line) => sum + Number.parseInt(line.replaceAll(',', ''), 10), 0)
    expect(ui.lines.length - leftOut.length + count).toBe(300_000)
    expect(peakMemory(plugin.pid)).toBeLessThan(300_000_000)
  })

  test('that is waited for is held up by its reader, and arrives whole', async () => {
    await using plugin = await startPlugin({ ...of('floods-politely'), kind: 'builder' })
    const ui = new RecordingUi()
    await build(plugin, { ui })
    expect(ui.lines.map((line) => Number.parseInt(line, 10))).toEqual(
      Array.from({ length: 2_000 }, (_, n) => n),
    )
    expect(peakMemory(plugin.pid)).toBeLessThan(300_000_000)
  })
})

describe('a communicator that dies in the middle of an upload', () => {
  test('fails the provisioner with its reason', async () => {
    await using plugin = await startPlugin({ ...of('uploads'), kind: 'provisioner' })
    await plugin.provisioner.prepare([{ kind: 'plain', data: {} }])
    const upload: Communicator['upload'] = async ({ source }) => {
      await firstChunk(source)
      throw new Error('the machine has gone')
    }
    const run = plugin.provisioner.provision({
      ui: new RecordingUi(),
      signal: never,
      communicator: machine({ upload }),
      data: {},
    })
    expect(await messageOf(run)).toBe('the machine has gone')
  })

  test('with the whole builder fails the provisioner, and the build, with one message each', async () => {
    const builder = await startPlugin({ ...of('takes-uploads'), kind: 'builder' })
    await using plugin = await startPlugin({ ...of('uploads'), kind: 'provisioner' })
    await plugin.provisioner.prepare([{ kind: 'plain', data: {} }])
    let provisioned: Promise<string> | undefined
    const hook = {
      run: async ({ ui, communicator, data, signal }: HookCall) => {
        const run = plugin.provisioner.provision({ ui, communicator: communicator!, data, signal })
        provisioned = messageOf(run)
        setTimeout(() => void builder.kill(), 200)
        await run
      },
    }
    await builder.builder.prepare([{ kind: 'plain', data: {} }])
    const built = await messageOf(builder.builder.run({ ui: new RecordingUi(), hook, signal: never }))
    expect(built).toMatch(/^The plugin node was ended by this host in the middle of Builder\.Run\./)
    expect(await provisioned).toMatch(/^(The connection to the other end was lost|The build was cancelled)/)
    expect(await endsWithin(builder.pid, 5_000)).toBe(true)
  })

  test('with the whole host leaves no provisioner behind', async () => {
    const plugin = await startPlugin({ ...of('uploads'), kind: 'provisioner' })
    await plugin.provisioner.prepare([{ kind: 'plain', data: {} }])
    let begun = () => {}
    const uploading = new Promise<void>((resolve) => {
      begun = resolve
    })
    const upload: Communicator['upload'] = async ({ source }) => {
      await firstChunk(source)
      begun()
      return new Promise<never>(() => {})
    }
    const run = messageOf(
      plugin.provisioner.provision({
        ui: new RecordingUi(),
        signal: never,
        communicator: machine({ upload }),
        data: {},
      }),
    )
    await uploading
    await plugin.kill()
    expect(await run).toMatch(/was ended by this host in the middle of Provisioner\.Provision/)
    expect(await endsWithin(plugin.pid, 5_000)).toBe(true)
  })
})

describe('a host that vanishes', () => {
  test.each(['deaf', 'commands', 'commands-the-deaf'])(
    'leaves neither the plugin nor what that has started: %s',
    async (name) => {
      const { PACKER_PLUGIN_MAGIC_COOKIE: _, ...env } = process.env
      const host = spawn(process.execPath, [hostFile, name], { env: { ...env, TMPDIR: folder } })
      const [plugin, command] = await linesOf(host.stdout, 2)
      host.kill('SIGKILL')
      expect(await endsWithin(numberIn(plugin!), 5_000)).toBe(true)
      if (name !== 'deaf') expect(await endsWithin(numberIn(command!), 5_000)).toBe(true)
    },
  )

  test.each(['commands', 'commands-the-deaf'])(
    'in the way of packer, which kills its plugins, ends what they have started too: %s',
    async (name) => {
      const plugin = await startPlugin({ ...of(name), kind: 'builder' })
      const ui = new RecordingUi()
      const said = new Promise<string>((resolve) => {
        ui.say = async (text) => resolve(text)
      })
      const run = messageOf(build(plugin, { ui }))
      const command = numberIn(await said)
      await plugin.kill()
      await run
      expect(await endsWithin(command, 5_000)).toBe(true)
    },
  )
})

const artifact = {
  builderId: async () => 'test',
  id: async () => 'image-1',
  describe: async () => 'An image',
  files: async () => [],
  state: async () => undefined,
  destroy: async () => {},
}

function machine(changes: Partial<Communicator> = {}): Communicator {
  const refuse = () => Promise.reject(new Error('not in this test'))
  return {
    start: refuse,
    upload: refuse,
    download: refuse,
    uploadDir: refuse,
    downloadDir: refuse,
    ...changes,
  }
}

async function firstChunk(source: Readable): Promise<void> {
  await new Promise<void>((resolve) => source.once('readable', resolve))
  source.read()
}

async function linesOf(output: Readable, count: number): Promise<string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: output })) if (lines.push(line) === count) break
  return lines
}

const numberIn = (line: string) => Number(/\d+/.exec(line)?.[0])
