import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { olderAccess } from '../harness/older-access.ts'
import { unwrapped } from '../harness/output.ts'
import { writeSources } from '../harness/sources.ts'
import { openWorkspace, type Workspace } from '../harness/workspace.ts'
import { bucketName, registry, world } from '../harness/world.ts'
import { olderPackerVersions, type PackerVersion } from '../toolchain/programs.ts'

const template = 'two-images.pkr.hcl'

describe.each(olderPackerVersions)('packer %s, which speaks of iterations,', (version) => {
  test('makes one complete version of two images and moves latest to it', async () => {
    using user = await machine(version)
    const { bucket, env, fingerprint } = subject('older')
    const { exitCode, output } = await build(user, { template, vars: { bucket }, env })
    expect(exitCode, output).toBe(0)
    expect(await registry().version(bucket, fingerprint)).toMatchObject({
      name: 'v1',
      status: 'VERSION_ACTIVE',
    })
    expect((await registry().channel(bucket, 'latest')).version).toMatchObject({ fingerprint })
    expect(await registry().bucket(bucket)).toMatchObject({
      description: 'Two images of one bucket',
      labels: { team: 'interop', stage: 'test' },
      platforms: ['tarball'],
    })
    const [docs, site] = await registry().builds(bucket, fingerprint)
    const id = expect.stringMatching(/^sha256:/)
    expect(docs).toMatchObject({
      component_type: 'tarball-image.docs',
      status: 'BUILD_DONE',
      platform: 'tarball',
      source_external_identifier: 'docs',
      labels: { flavour: 'plain', page: 'docs' },
      artifacts: [{ region: 'eu', external_identifier: id }],
    })
    expect(site).toMatchObject({ component_type: 'tarball-image.site', status: 'BUILD_DONE' })
    expect(site!.artifacts.map(({ region }) => region).toSorted()).toEqual(['eu', 'us'])

    const again = await build(user, { template, vars: { bucket }, env })
    expect(again.exitCode, again.output).toBe(1)
    expect(unwrapped(again.output)).toMatch(/is complete/)
    expect((await registry().bucket(bucket)).version_count).toBe('1')
  })

  test('-only of one source and then of the other make one version', async () => {
    using user = await machine(version)
    const { bucket, env, fingerprint } = subject('older-only')
    for (const [source, name] of [
      ['site', 'v0'],
      ['docs', 'v1'],
    ] as const) {
      const args = [`-only=tarball-image.${source}`]
      const { exitCode, output } = await build(user, { template, vars: { bucket }, env, args })
      expect(exitCode, output).toBe(0)
      expect((await registry().version(bucket, fingerprint)).name).toBe(name)
    }
  })

  test('a build that fails leaves its version open, and the fingerprint finishes it', async () => {
    using user = await machine(version)
    const { bucket, env, fingerprint } = subject('older-fails')
    const failed = await build(user, { template, vars: { bucket, docs: 'missing' }, env })
    expect(failed.exitCode, failed.output).toBe(1)
    expect(failed.output).toContain('Cannot read the directory "missing"')
    const states = async () => (await registry().builds(bucket, fingerprint)).map(({ status }) => status)
    expect(await states()).toEqual(['BUILD_FAILED', 'BUILD_DONE'])
    expect((await registry().version(bucket, fingerprint)).name).toBe('v0')

    await build(user, { template, vars: { bucket }, env })
    expect(await states()).toEqual(['BUILD_DONE', 'BUILD_DONE'])
    expect((await registry().version(bucket, fingerprint)).name).toBe('v1')
  })

  test('reads its parent from the registry, which records it', async () => {
    using user = await machine(version)
    const parent = subject('older-parent')
    const child = subject('older-child')
    // An image that no other scenario has, as releases before 1.8 let the registry find its parent by the id alone.
    user.write('site/bucket.txt', parent.bucket)
    const vars = { bucket: parent.bucket }
    const first = await build(user, { template, vars, env: parent.env })
    expect(first.exitCode, first.output).toBe(0)

    const second = await build(user, {
      template: 'child-2021.pkr.hcl',
      vars: { bucket: child.bucket, parent: parent.bucket },
      env: child.env,
    })
    expect(second.exitCode, second.output).toBe(0)
    const [, site] = await registry().builds(parent.bucket, parent.fingerprint)
    const [made] = await registry().builds(child.bucket, child.fingerprint)
    expect(made).toMatchObject({
      status: 'BUILD_DONE',
      source_external_identifier: site!.artifacts[0]!.external_identifier,
    })
    expect(await registry().parents(child.bucket)).toMatchObject([
      {
        parent: { bucket_name: parent.bucket, version_fingerprint: parent.fingerprint },
        child: { bucket_name: child.bucket, version_fingerprint: child.fingerprint },
        // It does not say of which channel it took the parent.
        status: version === '1.7.10' ? 'UNDETERMINED' : 'UP_TO_DATE',
      },
    ])
  })

  test('says which channel there is not', async () => {
    using user = await machine(version)
    const parent = subject('older-parent')
    await build(user, { template, vars: { bucket: parent.bucket }, env: parent.env })
    const { bucket, env } = subject('older-child')
    const vars = { bucket, parent: parent.bucket, channel: 'production' }
    const { exitCode, output } = await build(user, { template: 'child-2021.pkr.hcl', vars, env })
    expect(exitCode, output).toBe(1)
    expect(unwrapped(output)).toMatch(/production/)
  })

  test('publishes a JSON template because of environment variables alone', async () => {
    using user = await machine(version)
    const { bucket, env, fingerprint } = subject('older-json')
    const { exitCode, output } = await build(user, {
      template: 'json-own.json',
      env: { ...env, HCP_PACKER_BUCKET_NAME: bucket, HCP_PACKER_REGISTRY: '1' },
    })
    expect(exitCode, output).toBe(0)
    const [made] = await registry().builds(bucket, fingerprint)
    // 1.7 calls a build by its name alone.
    expect(made!.component_type).toBe(version.startsWith('1.7.') ? 'one' : 'null.one')
    expect(made).toMatchObject({ status: 'BUILD_DONE', platform: 'null' })
    expect((await registry().channel(bucket, 'latest')).version).toMatchObject({ name: 'v1', fingerprint })
  })

  test('ends when it is refused: a wrong secret', async () => {
    using user = await machine(version, { HCP_CLIENT_SECRET: 'wrong' })
    const { bucket, env } = subject('older-refused')
    const { exitCode, output } = await build(user, { template, vars: { bucket }, env })
    expect(exitCode, output).toBe(1)
    expect(output).not.toContain('PACKER CRASH')
    expect(unwrapped(output)).toMatch(/oauth2|401|unauthorized|access_denied|invalid_client/i)
    expect((await registry().buckets()).map(({ name }) => name)).not.toContain(bucket)
  })
})

async function machine(
  version: PackerVersion,
  other: Readonly<Record<string, string>> = {},
): Promise<Workspace> {
  const access = { ...(await olderAccess(version)), ...other }
  const user = openWorkspace({ version, access, plugins: world().plugins[version]! })
  writeSources(user)
  return user
}

/** A bucket, and the fingerprint of its version, which old releases want to be told. */
function subject(name: string) {
  const bucket = bucketName(name)
  const fingerprint = `fingerprint-of-${bucket}`
  return { bucket, fingerprint, env: { HCP_PACKER_BUILD_FINGERPRINT: fingerprint } }
}
