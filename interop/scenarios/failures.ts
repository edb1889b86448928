import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { fingerprintIn, unwrapped } from '../harness/output.ts'
import { writeSources } from '../harness/sources.ts'
import { bucketName, registry, workspace } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

const template = 'two-images.pkr.hcl'

describe.each(packerVersions)('packer %s', (version) => {
  test('a builder that fails leaves its version open, and a run with the fingerprint finishes it', async () => {
    using user = workspace(version)
    writeSources(user)
    const bucket = bucketName('builder-fails')
    const failed = await build(user, { template, vars: { bucket, docs: 'missing' } })
    expect(failed.exitCode, failed.output).toBe(1)
    const fingerprint = fingerprintIn(failed.output)
    expect(unwrapped(failed.output)).toContain(
      'Error: publishing build metadata to HCP Packer for "tarball-image.docs" failed',
    )
    expect(failed.output).toContain('* "tarball-image.docs": BUILD_FAILED')
    expect(failed.output).toContain(`HCP_PACKER_BUILD_FINGERPRINT="${fingerprint}"`)
    await expectOpen(bucket, fingerprint, ['BUILD_FAILED', 'BUILD_DONE'])

    const [, site] = await registry().builds(bucket, fingerprint)
    const resumed = await build(user, {
      template,
      vars: { bucket },
      env: { HCP_PACKER_BUILD_FINGERPRINT: fingerprint },
    })
    expect(unwrapped(resumed.output)).toContain(
      'Error: hcp: failed to start build "tarball-image.site" build is already done',
    )
    const [docs, unchanged] = await registry().builds(bucket, fingerprint)
    expect(unchanged).toEqual(site)
    expect(docs).toMatchObject({ status: 'BUILD_DONE', artifacts: [{ region: 'eu' }] })
    expect((await registry().channel(bucket, 'latest')).version).toMatchObject({ name: 'v1', fingerprint })
  })

  test('a provisioner that fails leaves its version open', async () => {
    using user = workspace(version)
    writeSources(user)
    const bucket = bucketName('provisioner-fails')
    const { exitCode, output } = await build(user, {
      template,
      vars: { bucket, script: 'test $PACKER_BUILD_NAME = docs' },
    })
    expect(exitCode, output).toBe(1)
    expect(unwrapped(output)).toContain(
      'tarball-image.site: Script exited with non-zero exit status: 1. Allowed exit codes are: [0]',
    )
    await expectOpen(bucket, fingerprintIn(output), ['BUILD_DONE', 'BUILD_FAILED'])
  })
})

/** A version without a number, `latest` not moved to it, and its builds (docs, then site) in these states. */
async function expectOpen(bucket: string, fingerprint: string, states: readonly string[]): Promise<void> {
  expect(await registry().version(bucket, fingerprint)).toMatchObject({
    name: 'v0',
    status: 'VERSION_FAILED',
  })
  expect((await registry().builds(bucket, fingerprint)).map(({ status }) => status)).toEqual(states)
  expect((await registry().channel(bucket, 'latest')).version).toBeNull()
}
