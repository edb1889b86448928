import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { goTarget } from '@ingot/plugin-rpc'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { type TemporaryFolder, temporaryFolder } from '../harness/folder.ts'
import { ingot } from '../harness/ingot.ts'
import { type ReleaseServer, startReleaseServer } from '../harness/release-server.ts'
import { writeSources } from '../harness/sources.ts'
import { openWorkspace, type Workspace } from '../harness/workspace.ts'
import { packerVersions } from '../toolchain/programs.ts'

const entry = join(import.meta.dirname, '..', '..', 'examples', 'tarball', 'src', 'plugin.ts')
const template = 'two-images.pkr.hcl'
const { os, arch } = goTarget()
const machine = `${os}_${arch}`

let folder: TemporaryFolder
let server: ReleaseServer

beforeAll(async () => {
  folder = temporaryFolder()
  await release('1.0.0')
  await release('1.1.0')
  await release('2.0.0', '--executables')
  await ingot('plugin', 'bundle', entry, '--executable', '--out', executable())
  // Somebody changed what was released.
  await release('1.2.0')
  writeFileSync(join(releaseFolder('1.2.0'), `packer-plugin-tarball_v1.2.0_x5.0_${machine}.zip`), 'other')
  const versions = ['1.0.0', '1.1.0', '1.2.0', '2.0.0']
  const releases = Object.fromEntries(versions.map((version) => [`v${version}`, releaseFolder(version)]))
  server = await startReleaseServer({ name: 'ingot/packer-plugin-tarball', releases })
}, 300_000)

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

function executable(): string {
  return join(folder.path, 'packer-plugin-tarball')
}

function releaseFolder(version: string): string {
  return join(folder.path, version)
}

async function release(version: string, ...more: readonly string[]): Promise<void> {
  const to = ['--out', releaseFolder(version), '--plugin-version', version, '--platform', machine]
  await ingot('plugin', 'release', entry, ...to, '--source', 'github.com/ingot/tarball', ...more)
}

describe.each(packerVersions)('packer %s', (version) => {
  test('init installs the newest release that fits, and a build runs it', async () => {
    using user = openWorkspace({ version, access: {} })
    const outcome = await init(user, '~> 1.0, != 1.2.0')
    expect(outcome.exitCode, outcome.output).toBe(0)
    expect(outcome.output).toContain('Installed plugin github.com/ingot/tarball v1.1.0')
    expect(outcome.requests.filter((line) => !line.includes('releases.hashicorp.com'))).toEqual([
      'GET https://api.github.com/repos/ingot/packer-plugin-tarball/git/matching-refs/tags',
      `GET https://github.com/ingot/packer-plugin-tarball/releases/download/v1.1.0/packer-plugin-tarball_v1.1.0_SHA256SUMS`,
      `GET https://github.com/ingot/packer-plugin-tarball/releases/download/v1.1.0/packer-plugin-tarball_v1.1.0_x5.0_${machine}.zip`,
    ])
    expect((await init(user, '~> 1.0, != 1.2.0')).output).not.toContain('Installed')
    await expectBuild(user)
  })

  test('init installs an executable, which builds without any Node', async () => {
    using user = openWorkspace({ version, access: {} })
    const { exitCode, output } = await init(user, '2.0.0')
    expect(exitCode, output).toBe(0)
    await expectBuild(user, { PATH: '/nowhere' })
  })

  test('plugins install --path takes an executable', async () => {
    using user = openWorkspace({ version, access: {} })
    const args = ['plugins', 'install', '--path', executable(), 'github.com/ingot/tarball']
    const installed = await user.packer(args, { env: { PATH: '/nowhere' } })
    expect(installed.exitCode, installed.output).toBe(0)
    await expectBuild(user, { PATH: '/nowhere', NODE_OPTIONS: '--no-such-option' })
  })

  test('init refuses what is not what the checksums are of', async () => {
    using user = openWorkspace({ version, access: {} })
    const { exitCode, output } = await init(user, '1.2.0')
    expect(exitCode).toBe(1)
    expect(output.toLowerCase()).toContain('checksum')
    expect(installedFiles(user)).toEqual([])
  })
})

async function init(user: Workspace, constraint: string) {
  const text = `packer {
    required_plugins {
      tarball = { source = "github.com/ingot/tarball", version = "${constraint}" }
    }
  }`
  user.write('plugins.pkr.hcl', text)
  server.requests.length = 0
  const outcome = await user.packer(['init', 'plugins.pkr.hcl'], { env: server.env })
  return { ...outcome, requests: [...server.requests] }
}

async function expectBuild(user: Workspace, env: Readonly<Record<string, string>> = {}): Promise<void> {
  writeSources(user)
  const built = await build(user, {
    template,
    vars: { bucket: 'unused' },
    env: { ...env, HCP_PACKER_REGISTRY: 'off' },
  })
  expect(built.exitCode, built.output).toBe(0)
}

function installedFiles(user: Workspace): readonly string[] {
  return readdirSync(join(user.folder, 'plugins'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('packer-plugin-'),
  )
}
