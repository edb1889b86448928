import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DEFAULT_COMPONENT, describePlugin, goTarget, startPlugin } from '@ingot/plugin-rpc'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeCache as cache } from '../../test/node-cache.ts'
import { RecordingUi } from '../testing/recording-ui.ts'
import { baseOf, bundleExecutable, type Executable, executableOf } from './bundle-executable.ts'
import { compilePlugin } from './bundle-plugin.ts'
import { fetchNode } from './fetch-node.ts'
import { readNodeBinary } from './node-binary.ts'

const entry = fileURLToPath(new URL('../../test/surroundings-plugin.ts', import.meta.url))
const here = goTarget()
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-executable-test-'))
})

afterAll(() => rm(folder, { recursive: true }))

describe('an executable for this machine', () => {
  let made: Executable

  beforeAll(async () => {
    made = await bundleExecutable({ entry, outfile: `${folder}/`, version: '1.0.0-dev' })
  }, 300_000)

  test('has the name by which Packer knows it, and describes itself without any Node', async () => {
    const name = `packer-plugin-surroundings_v1.0.0-dev_x5.0_${here.os}_${here.arch}`
    expect(made).toMatchObject({ file: join(folder, name), name: 'surroundings', target: here })
    const { stdout } = await promisify(execFile)(made.file, ['describe'], { env: { PATH: '/nowhere' } })
    expect(JSON.parse(stdout)).toMatchObject({ version: '1.0.0-dev', builders: [DEFAULT_COMPONENT] })
  })

  test.each(['--import ./absent.mjs', '--no-such-option', '--inspect-brk'])(
    'builds, whatever NODE_OPTIONS says: %s',
    async (NODE_OPTIONS) => {
      const env = { PATH: '/usr/bin:/bin', NODE_OPTIONS }
      const start = {
        kind: 'builder',
        name: DEFAULT_COMPONENT,
        protobuf: true,
        file: made.file,
        env,
      } as const
      await using plugin = await startPlugin(start)
      await plugin.builder.prepare([{ kind: 'plain', data: {} }])
      const { signal } = new AbortController()
      const run = { ui: new RecordingUi(), hook: { run: async () => {} }, signal }
      const artifact = await plugin.builder.run(run)
      expect(JSON.parse(await artifact!.id())).toMatchObject({ node: process.version })
    },
  )

  test('is the same bytes for the same code', async () => {
    const compiled = await compilePlugin({ entry })
    const base = await baseOf({})
    const first = await executableOf(compiled, base, {})
    const second = await executableOf(compiled, base, {})
    expect(first.equals(second)).toBe(true)
  }, 300_000)

  test('cannot have another plugin put into it', async () => {
    const again = bundleExecutable({ entry, outfile: `${folder}/`, node: made.file })
    await expect(again).rejects.toThrow(/cannot become an executable plugin: .* or is one/)
  })
})

test('one for Windows is a program for Windows, with the plugin in it', async () => {
  const target = { os: 'windows', arch: 'amd64' }
  const steps: string[] = []
  const onProgress = (line: string) => steps.push(line)
  const made = await bundleExecutable({ entry, outfile: `${folder}/`, target, cache, onProgress })
  expect(made).toMatchObject({
    file: join(folder, 'packer-plugin-surroundings_v1.0.0_x5.0_windows_amd64.exe'),
    description: { version: '1.0.0', apiVersion: 'x5.0' },
    target,
  })
  const content = await readFile(made.file)
  expect(content.subarray(0, 2).toString()).toBe('MZ')
  expect(content.includes('NODE_SEA_BLOB')).toBe(true)
  expect(content.includes('name: "surroundings"') || content.includes('name:"surroundings"')).toBe(true)
  expect(content.includes('NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1')).toBe(true)
  expect(steps).toEqual([
    `Getting Node ${process.versions.node} for windows_amd64 …`,
    `Putting the plugin into Node ${process.versions.node} for windows_amd64 …`,
  ])
}, 300_000)

test('a Node that is named is the one that is used, also another version', async () => {
  const node = await fetchNode({ target: here, version: '22', cache })
  const { file, target } = await bundleExecutable({ entry, outfile: join(folder, 'on-22'), node, cache })
  expect(target).toEqual(here)
  expect((await describePlugin(file)).version).toBe('1.0.0')
}, 300_000)

describe('a Node', () => {
  test('is known by its bytes', async () => {
    expect(await readNodeBinary(process.execPath)).toEqual({
      file: process.execPath,
      version: process.versions.node,
      target: here,
    })
  })

  test.each([
    ['no executable', 'x'.repeat(5000), 'it is no executable for Linux, macOS or Windows'],
    ['a fragment', '\x7fELF', 'it is no executable'],
    ['another program', '/bin/sh', 'it is no Node.js'],
  ])('is refused when it is %s', async (_, content, message) => {
    const file = join(folder, 'not-node')
    await writeFile(file, content.startsWith('/') ? await readFile(content) : content)
    await expect(readNodeBinary(file)).rejects.toMatchObject({
      name: 'BundleError',
      code: 'node',
      message: expect.stringContaining(message),
    })
  })

  test('is refused when it is not there', async () => {
    const missing = bundleExecutable({ entry, outfile: folder, node: join(folder, 'absent') })
    await expect(missing).rejects.toMatchObject({ code: 'node', message: expect.stringContaining('ENOENT') })
  })

  test.each([
    [{ os: 'plan9', arch: 'amd64' }, '24', 'npm has no Node for it'],
    [here, '0.0.404', /No matching version|not be found|notarget/],
  ])('for %j that npm does not have is refused with what to do', async (target, version, message) => {
    const error = await fetchNode({ target, version, cache: join(folder, 'cache') }).catch((error) => error)
    expect(error).toMatchObject({ code: 'node', message: expect.stringMatching(message) })
    expect(error.message).toContain('name it with --node')
  })
})

test('a folder that cannot be written is refused before the work', async () => {
  const file = join(folder, 'occupied')
  await writeFile(file, '')
  const steps: string[] = []
  const onProgress = (line: string) => steps.push(line)
  const failing = bundleExecutable({ entry, outfile: `${file}/`, onProgress })
  await expect(failing).rejects.toMatchObject({ code: 'not-writable' })
  expect(steps).toEqual([])
})
