import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DEFAULT_COMPONENT, describePlugin, goTarget, startPlugin } from '@ingot/plugin-rpc'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeCache } from '../../test/node-cache.ts'
import { RecordingUi } from '../testing/recording-ui.ts'
import { bundlePlugin } from './bundle-plugin.ts'
import { fetchNode } from './fetch-node.ts'

const entry = fileURLToPath(new URL('../../test/surroundings-plugin.ts', import.meta.url))
const installedName = 'packer-plugin-surroundings_v1.0.0_x5.0_linux_amd64'
let folder: string
let bundle: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-nodes-'))
  bundle = (await bundlePlugin({ entry, outfile: `${folder}/` })).file
})

afterAll(() => rm(folder, { recursive: true }))

/** What a plugin tells of its surroundings when it builds. */
async function build(file: string, env: Readonly<Record<string, string | undefined>>) {
  await using plugin = await startPlugin({
    kind: 'builder',
    name: DEFAULT_COMPONENT,
    protobuf: true,
    file,
    env,
  })
  await plugin.builder.prepare([{ kind: 'plain', data: {} }])
  const { signal } = new AbortController()
  const artifact = await plugin.builder.run({ ui: new RecordingUi(), hook: { run: async () => {} }, signal })
  return JSON.parse(await artifact!.id()) as { readonly node: string; readonly options?: string }
}

describe.each(['20', '22', '24'])('on Node %s', (version) => {
  let PATH: string

  beforeAll(async () => {
    const node = await fetchNode({ target: goTarget(), version, cache: nodeCache })
    const bin = join(folder, `bin-${version}`)
    await mkdir(bin)
    await symlink(node, join(bin, 'node'))
    PATH = [bin, '/usr/bin', '/bin'].join(delimiter)
  }, 300_000)

  async function place(...parts: readonly string[]): Promise<string> {
    const home = join(folder, version, ...parts)
    await mkdir(home, { recursive: true })
    await copyFile(bundle, join(home, installedName))
    return join(home, installedName)
  }

  test('it runs under the name that Packer gives it', async () => {
    const { node } = await build(await place('plain'), { PATH, NODE_OPTIONS: undefined })
    expect(node.startsWith(`v${version}.`)).toBe(true)
  })

  test.each([
    '--require ./absent.cjs',
    '--import=data:text/javascript,console.log("noise")',
    '--import=tsx --enable-source-maps',
    '--experimental-default-type=module',
    '--experimental-vm-modules --experimental-strip-types',
    '--input-type=module',
    '--no-such-option',
    '\' "',
  ])('it runs with NODE_OPTIONS=%s, which only what it starts gets', async (NODE_OPTIONS) => {
    const { options } = await build(await place('options'), { PATH, NODE_OPTIONS })
    expect(options).toBe(NODE_OPTIONS)
  })

  test('it runs with options of its own variable', async () => {
    const file = await place('own')
    const env = { PATH, NODE_OPTIONS: undefined, PACKER_PLUGIN_NODE_OPTIONS: '--no-such-option' }
    await expect(build(file, env)).rejects.toThrow(/--no-such-option/)
    await build(file, { ...env, PACKER_PLUGIN_NODE_OPTIONS: '--stack-trace-limit=20' })
  })

  test.each(['with spaces', 'ünï-日本-🦊', `quote ' and " and $HOME and \\`, '-dash'])(
    'it runs in a folder %s, in a project of ES modules',
    async (name) => {
      const file = await place(name)
      await writeFile(join(folder, version, name, 'package.json'), '{ "type": "module", "exports": {} }')
      expect((await describePlugin(file)).version).toBe('1.0.0')
      expect((await build(file, { PATH })).node.startsWith(`v${version}.`)).toBe(true)
    },
  )
})
