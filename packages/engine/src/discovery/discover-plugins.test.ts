import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { discoverPlugins } from './discover-plugins.ts'

const target = { os: 'linux', arch: 'amd64' }
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ingot-plugins-'))
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

interface Install {
  readonly version?: string
  readonly apiVersion?: string
  readonly checksum?: string | false
  readonly script?: string
}

/** Installs a shell script that describes itself, under the root. */
function install(
  path: string,
  { version = '1.0.0', apiVersion = 'x5.0', checksum, script }: Install = {},
): string {
  const file = join(root, path)
  const description = { version, sdk_version: '0.6.10', api_version: apiVersion, builders: ['image'] }
  const lists = { post_processors: [], provisioners: [], datasources: [], protocol_version: 'v2' }
  const text = script ?? `#!/bin/sh\necho '${JSON.stringify({ ...description, ...lists })}'\n`
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  chmodSync(file, 0o755)
  const sum = checksum ?? createHash('sha256').update(text).digest('hex')
  if (sum !== false) writeFileSync(`${file}_SHA256SUM`, sum)
  return file
}

const folder = 'github.com/acme/tarball'
const named = (version: string) => `${folder}/packer-plugin-tarball_v${version}_x5.0_linux_amd64`

async function reasonFor(path: string, how: Install = {}): Promise<string | undefined> {
  const file = install(path, how)
  const { plugins, ignored } = await discoverPlugins(root, { target })
  expect(plugins).toEqual([])
  return ignored.find((each) => each.file === file)?.reason
}

test('installed plugins are found with their source, the newest version last', async () => {
  for (const version of ['1.10.0', '1.2.0', '1.10.0-dev']) install(named(version), { version })
  install('example.com/a/b/c/other/packer-plugin-other_v0.1.0_x5.0_linux_amd64', { version: '0.1.0' })
  const { plugins, ignored } = await discoverPlugins(root, { target })
  expect(ignored).toEqual([])
  expect(plugins.map(({ name, source, description }) => [name, source, description.version])).toEqual([
    ['other', 'example.com/a/b/c/other', '0.1.0'],
    ['tarball', folder, '1.2.0'],
    ['tarball', folder, '1.10.0-dev'],
    ['tarball', folder, '1.10.0'],
  ])
})

test('a search for one name starts no other plugin', async () => {
  install(named('1.0.0'))
  install('example.com/x/slow/packer-plugin-slow_v1.0.0_x5.0_linux_amd64', { script: '#!/bin/sh\nexit 1\n' })
  const { plugins, ignored } = await discoverPlugins(root, { name: 'tarball', target })
  expect(plugins.map((plugin) => plugin.name)).toEqual(['tarball'])
  expect(ignored).toEqual([])
})

test('a folder that is not there holds no plugins, and other files are none', async () => {
  expect(await discoverPlugins(join(root, 'absent'), { target })).toEqual({ plugins: [], ignored: [] })
  writeFileSync(join(root, 'README'), '')
  expect(await discoverPlugins(root, { target })).toEqual({ plugins: [], ignored: [] })
})

test('linked folders are not followed, so that a circle does no harm', async () => {
  mkdirSync(join(root, folder), { recursive: true })
  symlinkSync(root, join(root, folder, 'again'))
  install(named('1.0.0'))
  expect((await discoverPlugins(root, { target })).plugins).toHaveLength(1)
})

test.each<[string, string, Install, RegExp]>([
  ['no checksum', named('1.0.0'), { checksum: false }, /no _SHA256SUM file/],
  ['another checksum', named('1.0.0'), { checksum: '0'.repeat(64) }, /changed after its installation/],
  ['a checksum that is none', named('1.0.0'), { checksum: 'sha256' }, /holds no SHA-256 sum/],
  ['another version inside', named('1.0.0'), { version: '1.0.1' }, /describes itself as version 1.0.1/],
  ['an API of the future', `${folder}/packer-plugin-tarball_v1.0.0_x5.1_linux_amd64`, {}, /plugin API x5.1/],
  [
    'another machine',
    `${folder}/packer-plugin-tarball_v1.0.0_x5.0_darwin_arm64`,
    {},
    /made for darwin_arm64/,
  ],
  ['no version', `${folder}/packer-plugin-tarball`, {}, /not of the form/],
  ['build metadata', named('1.0.0+abc'), { version: '1.0.0+abc' }, /not a plain version/],
  ['a version that is not canonical', named('1.00.0'), {}, /not a plain version/],
  ['the root itself', 'packer-plugin-tarball_v1.0.0_x5.0_linux_amd64', {}, /plugin folder itself/],
  [
    'a program that fails',
    named('1.0.0'),
    { script: '#!/bin/sh\necho oops >&2; exit 3\n' },
    /"describe" failed: /,
  ],
  [
    'a program that says other things',
    named('1.0.0'),
    { script: '#!/bin/sh\necho hello\n' },
    /"describe" failed: /,
  ],
])('a file with %s is ignored, and the reason is told', async (_, path, how, reason) => {
  expect(await reasonFor(path, how)).toMatch(reason)
})
