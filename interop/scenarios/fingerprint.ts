import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { unwrapped } from '../harness/output.ts'
import { writeSources } from '../harness/sources.ts'
import { bucketName, registry, workspace } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

const template = 'two-images.pkr.hcl'

describe.each(packerVersions)('packer %s with HCP_PACKER_BUILD_FINGERPRINT', (version) => {
  test('-only of one source and then of the other make one version, complete after the second', async () => {
    using user = workspace(version)
    writeSources(user)
    const bucket = bucketName('only')
    const env = { HCP_PACKER_BUILD_FINGERPRINT: `halves-${bucket}` }
    const fingerprint = env.HCP_PACKER_BUILD_FINGERPRINT

    const first = await build(user, { template, vars: { bucket }, env, args: ['-only=tarball-image.site'] })
    expect(first.exitCode, first.output).toBe(0)
    expect(first.output).toContain('* "tarball-image.docs": BUILD_UNSET')
    expect(await registry().version(bucket, fingerprint)).toMatchObject({ name: 'v0' })
    expect((await registry().channel(bucket, 'latest')).version).toBeNull()

    const second = await build(user, { template, vars: { bucket }, env, args: ['-only=tarball-image.docs'] })
    expect(second.exitCode, second.output).toBe(0)
    expect(second.output).not.toContain('is incomplete')
    const { version: latest } = await registry().channel(bucket, 'latest')
    expect(latest).toMatchObject({ name: 'v1', fingerprint, status: 'VERSION_ACTIVE' })
    const [docs, site] = await registry().builds(bucket, fingerprint)
    expect([docs!.status, site!.status]).toEqual(['BUILD_DONE', 'BUILD_DONE'])
    expect(docs!.packer_run_uuid).not.toBe(site!.packer_run_uuid)
  })

  test('a complete version takes no second run, and stays as it was', async () => {
    using user = workspace(version)
    writeSources(user)
    const bucket = bucketName('again')
    const env = { HCP_PACKER_BUILD_FINGERPRINT: `again-${bucket}` }
    const fingerprint = env.HCP_PACKER_BUILD_FINGERPRINT
    const first = await build(user, { template, vars: { bucket }, env })
    expect(first.exitCode, first.output).toBe(0)
    const before = await registry().version(bucket, fingerprint)

    const second = await build(user, { template, vars: { bucket }, env })
    expect(second.exitCode, second.output).toBe(1)
    expect(unwrapped(second.output)).toContain(
      `The version associated to the fingerprint ${fingerprint} is complete. If you wish to add a new build to this bucket a new version must be created by changing the fingerprint.`,
    )
    expect(await registry().version(bucket, fingerprint)).toEqual(before)
    expect((await registry().bucket(bucket)).version_count).toBe('1')
  })
})
