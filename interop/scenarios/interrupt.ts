import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { build, startBuild } from '../harness/build.ts'
import { fingerprintIn } from '../harness/output.ts'
import { writeSources } from '../harness/sources.ts'
import { bucketName, registry, workspace } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

const template = 'two-images.pkr.hcl'

describe.each(packerVersions)('packer %s', (version) => {
  test('Ctrl-C marks both builds cancelled, leaves nothing running, and the fingerprint finishes the version', async () => {
    using user = workspace(version)
    writeSources(user)
    const bucket = bucketName('interrupt')
    await using running = startBuild(user, {
      template,
      vars: { bucket, script: 'echo $PACKER_BUILD_NAME waits; sleep 30; touch woken' },
    })
    await running.said('tarball-image.site: site waits')
    await running.said('tarball-image.docs: docs waits')
    running.interrupt()
    const { exitCode, output } = await running.done
    expect(exitCode, output).toBe(1)
    expect(output).toContain('Cleanly cancelled builds after being interrupted.')
    await expect.poll(() => running.lives(), { timeout: 2_000 }).toBe(false)

    const fingerprint = fingerprintIn(output)
    const cancelled = await registry().builds(bucket, fingerprint)
    expect(cancelled.map(({ status }) => status)).toEqual(['BUILD_CANCELLED', 'BUILD_CANCELLED'])
    expect((await registry().version(bucket, fingerprint)).name).toBe('v0')

    const resumed = await build(user, {
      template,
      vars: { bucket },
      env: { HCP_PACKER_BUILD_FINGERPRINT: fingerprint },
    })
    expect(resumed.exitCode, resumed.output).toBe(0)
    expect((await registry().channel(bucket, 'latest')).version).toMatchObject({ name: 'v1', fingerprint })
    expect(existsSync(join(user.folder, 'woken'))).toBe(false)
  })
})
