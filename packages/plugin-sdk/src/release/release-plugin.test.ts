import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describePlugin, goTarget } from '@ingot/plugin-rpc'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { releasePlugin } from './release-plugin.ts'

const run = promisify(execFile)
const entry = fileURLToPath(new URL('../../test/greeting-plugin.ts', import.meta.url))
const platforms = ['linux_amd64', 'darwin/arm64']
const stem = 'packer-plugin-greeting_v1.2.3'
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-release-'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

test('there is a zip for each platform, a manifest, and the checksums of both', async () => {
  const release = await releasePlugin({
    entry,
    outdir: folder,
    platforms,
    source: 'github.com/acme/greeting',
  })
  expect(release).toMatchObject({ name: 'greeting', folder, tag: 'v1.2.3' })
  const names = [
    `${stem}_x5.0_linux_amd64.zip`,
    `${stem}_x5.0_darwin_arm64.zip`,
    `${stem}_manifest.json`,
    `${stem}_SHA256SUMS`,
  ]
  expect(release.files.map(({ name }) => name)).toEqual(names)
  expect((await readdir(folder)).sort()).toEqual(names.toSorted())
  expect(JSON.parse(await readFile(join(folder, names[2]!), 'utf8'))).toEqual({
    version: 1,
    metadata: { protocol_version: '5.0' },
  })
  const sums = await readFile(join(folder, names[3]!), 'utf8')
  const lines = release.files.slice(0, 3).map(({ name, sha256 }) => `${sha256}  ${name}\n`)
  expect(sums).toBe(lines.join(''))
})

test('a zip holds the plugin under the name that packer looks for, executable, and the licence', async () => {
  await releasePlugin({ entry, outdir: folder, platforms })
  const zip = join(folder, `${stem}_x5.0_linux_amd64.zip`)
  const entries = unzipSync(await readFile(zip))
  expect(Object.keys(entries)).toEqual([`${stem}_x5.0_linux_amd64`, 'LICENSE.txt'])
  await run('unzip', ['-q', zip, '-d', join(folder, 'out')])
  const { version } = await describePlugin(join(folder, 'out', `${stem}_x5.0_linux_amd64`))
  expect(version).toBe('1.2.3')
})

test('the same sources give the same bytes, wherever and whenever', async () => {
  const first = await releasePlugin({ entry, outdir: join(folder, 'one'), platforms })
  vi.stubEnv('TZ', 'Pacific/Auckland')
  const home = process.cwd()
  process.chdir(folder)
  const second = await releasePlugin({ entry, outdir: join(folder, 'two'), platforms })
  process.chdir(home)
  expect(second.files).toEqual(first.files)
})

test('what is left of the same version goes, and everything else stays', async () => {
  await writeFile(join(folder, `${stem}_x5.0_linux_arm.zip`), '')
  await writeFile(join(folder, 'packer-plugin-greeting_v1.2.2_SHA256SUMS'), '')
  await releasePlugin({ entry, outdir: folder, platforms })
  const names = await readdir(folder)
  expect(names).not.toContain(`${stem}_x5.0_linux_arm.zip`)
  expect(names).toContain('packer-plugin-greeting_v1.2.2_SHA256SUMS')
})

test('executables hold a Node, for users who have none', async () => {
  const { os, arch } = goTarget()
  const steps: string[] = []
  const onProgress = (line: string) => void steps.push(line)
  const machine = `${os}_${arch}`
  const options = { entry, outdir: folder, platforms: [machine], executables: true, onProgress }
  const { files } = await releasePlugin(options)
  expect(files[0]!.size).toBeGreaterThan(20_000_000)
  expect(steps).toEqual([`Packing ${machine} …`, expect.stringContaining('Putting the plugin into Node')])
}, 300_000)

describe('signed', () => {
  test('the checksums have a signature that GnuPG takes', async () => {
    const home = join(folder, 'keys')
    await mkdir(home, { mode: 0o700 })
    vi.stubEnv('GNUPGHOME', home)
    const gpg = [
      '--batch',
      '--passphrase',
      '',
      '--quick-generate-key',
      'release@example.org',
      'ed25519',
      'sign',
    ]
    await run('gpg', gpg)
    try {
      const { files } = await releasePlugin({ entry, outdir: folder, platforms, sign: 'release@example.org' })
      expect(files.at(-1)!.name).toBe(`${stem}_SHA256SUMS.sig`)
      const sums = join(folder, `${stem}_SHA256SUMS`)
      const { stderr } = await run('gpg', ['--batch', '--verify', `${sums}.sig`, sums])
      expect(stderr).toContain('Good signature from "release@example.org"')
      const own = await releasePlugin({ entry, outdir: folder, platforms, sign: true })
      expect(own.files).toHaveLength(5)
    } finally {
      await run('gpgconf', ['--kill', 'all'])
    }
  })

  test('a key that is not there is told', async () => {
    const home = join(folder, 'keys')
    await mkdir(home, { mode: 0o700 })
    vi.stubEnv('GNUPGHOME', home)
    const signing = releasePlugin({ entry, outdir: folder, platforms, sign: 'nobody@example.org' })
    await expect(signing).rejects.toMatchObject({
      code: 'signing',
      message: expect.stringMatching(/No secret key[\s\S]*--list-secret-keys/),
    })
    await run('gpgconf', ['--kill', 'all'])
  })
})

describe('refusals', () => {
  test.each([
    [
      { version: '1.2.3-dev' },
      'version',
      '"packer init" installs no version such as 1.2.3-dev: release 1.2.3',
    ],
    [{ platforms: [] }, 'platform', 'Name a platform'],
    [{ platforms: ['win32-x64'] }, 'platform', '"win32-x64" is no platform'],
    [{ platforms: ['plan9_amd64'] }, 'platform', '"plan9_amd64" is no platform'],
    [{ source: 'github.com/acme/other' }, 'name', 'ends in "other", but the plugin is called "greeting"'],
    [{ source: 'acme/greeting' }, 'source', 'as in "github.com/acme/tarball"'],
    [{ entry: '/absent.ts' }, 'entry-missing', 'There is no module /absent.ts'],
  ])('%j', async (change, code, message) => {
    const releasing = releasePlugin({ entry, outdir: folder, platforms, ...change })
    await expect(releasing).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
    expect(await readdir(folder)).toEqual([])
  })

  test('a folder that cannot be written', async () => {
    await writeFile(join(folder, 'occupied'), '')
    const releasing = releasePlugin({ entry, outdir: join(folder, 'occupied'), platforms })
    await expect(releasing).rejects.toMatchObject({ code: 'not-writable' })
  })
})
