import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DEFAULT_COMPONENT, type RunningBuilder, type StartOptions, startPlugin } from '@ingot/plugin-rpc'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RecordingUi } from '../testing/recording-ui.ts'
import { testMachine } from '../testing/test-machine.ts'
import { BundleError } from './bundle-error.ts'
import { type Bundle, bundlePlugin } from './bundle-plugin.ts'

const run = promisify(execFile)
const entry = fileURLToPath(new URL('../../test/greeting-plugin.ts', import.meta.url))
const sdk = fileURLToPath(new URL('../index.ts', import.meta.url))
// The shell line looks for node on the PATH; the tests' own is the one to be found.
const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter)
let folder: string
let bundle: Bundle

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-bundle-test-'))
  bundle = await bundlePlugin({ entry, outfile: `${folder}/dist/` })
})

afterAll(() => rm(folder, { recursive: true }))

describe('the file', () => {
  test('is one executable that says what it is', async () => {
    expect(bundle).toMatchObject({
      file: join(folder, 'dist/packer-plugin-greeting'),
      name: 'greeting',
      description: {
        version: '1.2.3',
        apiVersion: 'x5.0',
        protocolVersion: 'v2',
        builders: [DEFAULT_COMPONENT],
        provisioners: ['waver'],
        postProcessors: ['wrapper'],
        datasources: ['greeter'],
      },
    })
    expect(await readdir(join(folder, 'dist'))).toEqual(['packer-plugin-greeting'])
    const { mode, size } = await stat(bundle.file)
    expect(mode & 0o777).toBe(0o755)
    expect(size).toBe(bundle.size)
  })

  test('begins as a shell script, has no carriage returns and leaves the compiler out', async () => {
    const text = await readFile(bundle.file, 'utf8')
    expect(text.split('\n', 1)).toEqual(['#!/bin/sh'])
    expect(text).not.toContain('\r')
    expect(text).not.toContain('esbuild')
  })

  test('answers describe without Node, in the very words that Node would', async () => {
    const { stdout } = await run(bundle.file, ['describe'], { env: { PATH: '/nowhere' } })
    expect(stdout).toBe((await run(process.execPath, [bundle.file, 'describe'])).stdout)
  })

  test('starts nothing when it is required', async () => {
    const { stdout } = await run(process.execPath, [
      '-p',
      'require(process.argv[1]).plugin.name',
      bundle.file,
    ])
    expect(stdout).toBe('greeting\n')
  })

  test('says what it needs where there is no Node', async () => {
    await expect(
      run(bundle.file, ['start', 'builder', 'x'], { env: { PATH: '/nowhere' } }),
    ).rejects.toMatchObject({
      code: 127,
      stderr: 'This plugin needs Node.js 20 or later on the PATH.\n',
    })
  })
})

describe('as a process', () => {
  const log: string[] = []

  async function start(options: Partial<StartOptions> = {}): Promise<RunningBuilder> {
    log.length = 0
    const env = { PATH, XDG_CACHE_HOME: join(folder, 'cache'), ...options.env }
    const file = options.file ?? bundle.file
    const onLog = (line: string) => void log.push(line)
    return startPlugin({ kind: 'builder', name: DEFAULT_COMPONENT, protobuf: true, file, env, onLog })
  }

  async function build(plugin: RunningBuilder, data: Readonly<Record<string, unknown>>) {
    const ui = new RecordingUi()
    await plugin.builder.prepare([{ kind: 'plain', data: { name: 'you', ...data } }])
    const hook = { run: async () => {} }
    const artifact = await plugin.builder.run({ ui, hook, signal: new AbortController().signal })
    return { id: await artifact?.id(), builderId: await artifact?.builderId(), lines: ui.lines }
  }

  test('it builds', async () => {
    await using plugin = await start()
    expect(await build(plugin, {})).toEqual({
      id: 'hello-you',
      builderId: 'greeting',
      lines: ['Hello you from file://'],
    })
  })

  test('it provisions, in either way of writing specs', async () => {
    for (const protobuf of [true, false]) {
      const env = { PATH, XDG_CACHE_HOME: join(folder, 'cache') }
      await using plugin = await startPlugin({
        kind: 'provisioner',
        name: 'waver',
        protobuf,
        file: bundle.file,
        env,
      })
      expect((await plugin.provisioner.configSpec()).attributes).toHaveProperty('hand')
      await plugin.provisioner.prepare([{ kind: 'plain', data: { hand: 'right' } }])
      const ui = new RecordingUi()
      const { communicator } = testMachine(({ command }) => ({ stdout: `did ${command}` }))
      const { signal } = new AbortController()
      await plugin.provisioner.provision({ ui, communicator, data: {}, signal })
      expect(ui.lines).toEqual(['did wave right'])
    }
  })

  test('it post-processes, and the result answers for the artifact that it came of', async () => {
    const env = { PATH, XDG_CACHE_HOME: join(folder, 'cache') }
    const options = {
      kind: 'post-processor',
      name: 'wrapper',
      protobuf: true,
      file: bundle.file,
      env,
    } as const
    await using plugin = await startPlugin(options)
    const configured = plugin.postProcessor.configure([{ kind: 'plain', data: {} }])
    await expect(configured).rejects.toThrow('paper: required, but not given')
    await plugin.postProcessor.configure([{ kind: 'plain', data: { paper: 'red' } }])
    const input = {
      builderId: async () => 'box',
      id: async () => 'gift',
      describe: async () => '',
      files: async () => ['gift.img'],
      state: async (name: string) => `${name} of the gift`,
      destroy: async () => {},
    }
    const { signal } = new AbortController()
    const done = await plugin.postProcessor.postProcess({ ui: new RecordingUi(), artifact: input, signal })
    expect(done).toMatchObject({ keepInput: true, forceKeep: true })
    expect(await done?.artifact.describe()).toBe('gift in red')
    expect(await done?.artifact.files()).toEqual(['gift.img'])
    expect(await done?.artifact.state('colour')).toBe('colour of the gift')
  })

  test('it runs under the name that Packer gives it, in a project of modules, with hooks into Node’s loader', async () => {
    const project = join(folder, 'project')
    const file = join(project, 'packer-plugin-greeting_v1.2.3_x5.0_linux_amd64')
    await mkdir(project)
    await writeFile(join(project, 'package.json'), '{"type":"module"}')
    await writeFile(join(project, 'hook.mjs'), '')
    await copyFile(bundle.file, file)
    await using plugin = await start({ file, env: { NODE_OPTIONS: `--import=${join(project, 'hook.mjs')}` } })
    expect((await build(plugin, {})).id).toBe('hello-you')
  })

  test('its log holds no sensitive value', async () => {
    await using plugin = await start()
    await build(plugin, { mode: 'log', token: 's3cret' })
    await plugin.kill()
    expect(log.join('\n')).toContain('the token is <sensitive>')
    expect(log.join('\n')).not.toContain('s3cret')
  })

  test.each(['callback', 'promise'])(
    'an error that escapes from a %s fails the build, which cleans up',
    async (mode) => {
      await using plugin = await start()
      await expect(build(plugin, { mode, token: 's3cret' })).rejects.toThrow('refused <sensitive>')
      await plugin.kill()
      expect(log.join('\n')).toContain('cleaned up, failed')
      expect(log.join('\n')).toContain('at refuseGreeting')
      expect(log.join('\n')).not.toContain('s3cret')
    },
  )
})

describe('refusals', () => {
  const module = async (text: string) => {
    const file = join(folder, `entry-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.ts`)
    await writeFile(file, text)
    return file
  }
  const failure = (options: { entry: string; outfile?: string; version?: string }) =>
    bundlePlugin({ outfile: join(folder, 'refused'), ...options }).catch((error) => error)

  test('an entry that is not there', async () => {
    const error = await failure({ entry: join(folder, 'absent.ts') })
    expect(error).toMatchObject({
      code: 'entry-missing',
      message: expect.stringContaining('There is no module'),
    })
  })

  test('an entry that exports no plugin', async () => {
    const error = await failure({ entry: await module('export const other = 1') })
    expect(error).toMatchObject({
      code: 'no-plugin',
      message: expect.stringContaining('exports no "plugin"'),
    })
  })

  test('an entry that does not build', async () => {
    const error = await failure({ entry: await module('import "./absent.ts"; export const plugin = 1') })
    expect(error).toBeInstanceOf(BundleError)
    expect(error).toMatchObject({
      code: 'build-failed',
      message: expect.stringMatching(/:1:8: Could not resolve/),
    })
  })

  test('a plugin that Packer would not take', async () => {
    const text = `import { definePlugin } from ${JSON.stringify(sdk)}
      export const plugin = definePlugin({ name: 'my_plugin', version: '1.0.0', builders: {} })`
    const { code, message } = await failure({ entry: await module(text) })
    expect(code).toBe('does-not-start')
    expect(message).toContain(`"my_plugin" cannot be a plugin's name`)
    expect(message).not.toContain('    at ')
  })

  test('an entry that exports several plugins', async () => {
    const text = `import { plugin } from ${JSON.stringify(entry)}
      export { plugin }
      export const second = { ...plugin, name: 'second' }`
    const error = await failure({ entry: await module(text) })
    expect(error).toMatchObject({
      code: 'several-plugins',
      message: expect.stringContaining('exports several plugins (plugin, second)'),
    })
  })

  test.each([
    ['throws', 'throw new Error("no licence")', 'does not run: no licence'],
    ['throws no error', 'throw undefined', 'does not run: undefined'],
    ['ends the process', 'process.exit(0)', 'it ended while it was loaded'],
    [
      'prints',
      'console.log("hello")',
      'it prints while it is loaded, where Packer expects its description alone: hello',
    ],
  ])('an entry that %s when it is loaded', async (_, line, message) => {
    const text = `${line}\nexport { plugin } from ${JSON.stringify(entry)}`
    const error = await failure({ entry: await module(text) })
    expect(error).toMatchObject({ code: 'does-not-start', message: expect.stringContaining(message) })
    expect(error.message).not.toMatch(/^ {4}at /m)
  })

  test('an entry that exports something else as its plugin', async () => {
    const error = await failure({ entry: await module('export const plugin = {}') })
    expect(error).toMatchObject({ code: 'no-plugin' })
  })

  test.each(['1.2', '1.2.3-beta', 'v1.0.0'])('the version %s', async (version) => {
    const error = await failure({ entry, version })
    expect(error).toMatchObject({
      code: 'version',
      message: expect.stringContaining(`"${version}" cannot be`),
    })
  })

  test('a folder that cannot be written', async () => {
    await writeFile(join(folder, 'occupied'), '')
    const error = await failure({ entry, outfile: join(folder, 'occupied/file') })
    expect(error).toMatchObject({ code: 'not-writable', message: expect.stringContaining('Cannot write') })
  })

  test('leave no file behind', async () => {
    await failure({ entry: await module('export const other = 1') })
    await expect(stat(join(folder, 'refused'))).rejects.toThrow('ENOENT')
  })
})

test('another version may be given, also of one under development', async () => {
  const made = await bundlePlugin({
    entry,
    outfile: join(folder, 'dev'),
    version: '2.0.0-dev',
    minify: false,
  })
  expect(made.description.version).toBe('2.0.0-dev')
  await chmod(made.file, 0o755)
  expect((await run(made.file, ['describe'])).stdout).toContain('"version":"2.0.0-dev"')
})
