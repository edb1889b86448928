import { createHash } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PluginError } from '@ingot/plugin-rpc'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { InstallError } from './install-error.ts'
import { installPlugin } from './install-plugin.ts'
import { sourceParts } from './source-address.ts'

let folder: string
const source = 'github.com/acme/tarball'
const target = { os: 'linux', arch: 'amd64' }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-install-'))
})

afterEach(() => rm(folder, { recursive: true }))

/** A file that describes itself as a plugin of that version, as Packer asks. */
async function plugin(version = '1.2.3', name = 'plugin'): Promise<string> {
  const description = JSON.stringify({
    version,
    sdk_version: '0.1.0',
    api_version: 'x5.0',
    builders: ['image'],
  })
  return script(`printf '%s\\n' '${description}'`, name)
}

async function script(text: string, name = 'plugin'): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, `#!/bin/sh\n${text}\n`)
  await chmod(file, 0o755)
  return file
}

async function failure(installing: Promise<unknown>): Promise<unknown> {
  return installing.then(
    () => undefined,
    (error) => error,
  )
}

test('the file, executable, and its checksum without a line end lie where Packer looks', async () => {
  const file = await plugin()
  const installed = await installPlugin({ file, source, pluginDir: join(folder, 'plugins'), target })
  const home = join(folder, 'plugins/github.com/acme/tarball')
  const name = 'packer-plugin-tarball_v1.2.3_x5.0_linux_amd64'
  expect((await readdir(home)).sort()).toEqual([name, `${name}_SHA256SUM`])
  const content = await readFile(join(home, name))
  expect(content).toEqual(await readFile(file))
  expect((await stat(join(home, name))).mode & 0o777).toBe(0o755)
  const sha256 = createHash('sha256').update(content).digest('hex')
  expect(await readFile(join(home, `${name}_SHA256SUM`), 'utf8')).toBe(sha256)
  expect(installed).toMatchObject({
    file: join(home, name),
    checksumFile: join(home, `${name}_SHA256SUM`),
    sha256,
    source,
    description: { version: '1.2.3', builders: ['image'] },
  })
})

test('a plugin that is installed again is replaced', async () => {
  const options = { source, pluginDir: join(folder, 'plugins'), target }
  await installPlugin({ ...options, file: await plugin() })
  const changed = await script(`# changed\n${await readFile(await plugin(), 'utf8')}`, 'changed')
  const { file, sha256 } = await installPlugin({ ...options, file: changed })
  expect(await readFile(file, 'utf8')).toContain('# changed')
  expect(await readFile(`${file}_SHA256SUM`, 'utf8')).toBe(sha256)
})

test.each([
  ['1.2.3-dev', target, 'packer-plugin-tarball_v1.2.3-dev_x5.0_linux_amd64'],
  ['1.2.3+build.7', target, 'packer-plugin-tarball_v1.2.3_x5.0_linux_amd64'],
  ['1.2.3', { os: 'windows', arch: 'arm64' }, 'packer-plugin-tarball_v1.2.3_x5.0_windows_arm64.exe'],
])('version %s for %j is called %s', async (version, target, name) => {
  const { file } = await installPlugin({ file: await plugin(version), source, pluginDir: folder, target })
  expect(file.endsWith(`/${name}`)).toBe(true)
})

test('the folder comes from the environment', async () => {
  const env = { PACKER_PLUGIN_PATH: join(folder, 'from-env') }
  const { file } = await installPlugin({ file: await plugin(), source, env })
  expect(file.startsWith(join(folder, 'from-env/github.com/acme/tarball/'))).toBe(true)
})

describe('refusals', () => {
  test('a file that is no plugin, with what it is', async () => {
    const error = await failure(
      installPlugin({ file: await script('echo hello'), source, pluginDir: folder }),
    )
    expect(error).toBeInstanceOf(PluginError)
    expect(error).toMatchObject({ code: 'describe-failed', message: expect.stringContaining('no plugin') })
  })

  test('a file that is not there, or is a folder', async () => {
    for (const file of [join(folder, 'absent'), folder]) {
      const error = await failure(installPlugin({ file, source, pluginDir: folder }))
      expect(error).toMatchObject({ name: 'InstallError', code: 'not-a-file' })
    }
  })

  test('a version that Packer does not install', async () => {
    const error = await failure(
      installPlugin({ file: await plugin('1.2.3-beta'), source, pluginDir: folder }),
    )
    expect(error).toMatchObject({ code: 'version', message: expect.stringContaining('"1.2.3-beta"') })
  })

  test('a folder that cannot be written, with nothing half written', async () => {
    await writeFile(join(folder, 'occupied'), '')
    const pluginDir = join(folder, 'occupied')
    const error = await failure(installPlugin({ file: await plugin(), source, pluginDir }))
    expect(error).toMatchObject({ code: 'not-writable', message: expect.stringContaining(pluginDir) })
    expect((await readdir(folder)).sort()).toEqual(['occupied', 'plugin'])
  })

  test.each([
    ['https://github.com/acme/tarball', 'leave out the scheme'],
    ['acme/tarball', 'write it as in "github.com/acme/tarball"'],
    ['github.com//tarball', 'an empty part'],
    ['github.com/acme/tarball/', 'an empty part'],
    ['github.com/../tarball', '"." and ".." are no names'],
    ['github.com/acme/tarball?x=1', 'a character that Packer does not take'],
    ['github.com/acme/packer-plugin-tarball', 'it ends in "tarball"'],
    ['github.com/acme/my_plugin', 'lower case letters, digits and single dashes'],
    [`github.com/${'a/'.repeat(16)}tarball`, 'more than 16 parts'],
  ])('the source %s', (text, message) => {
    expect(() => sourceParts(text)).toThrow(InstallError)
    expect(() => sourceParts(text)).toThrow(message)
  })
})
