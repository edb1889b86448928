import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startBuild } from '../harness/build.ts'
import { ingot } from '../harness/ingot.ts'
import { fingerprintIn } from '../harness/output.ts'
import { reader } from '../harness/reader.ts'
import { startRegistry } from '../harness/registry.ts'
import { writeSources } from '../harness/sources.ts'
import { bucketName, workspace } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

describe.each(packerVersions)('when the registry goes away during a build of packer %s', (version) => {
  test('the image is published later from the manifest, into the version that was begun', async () => {
    await using own = await startRegistry()
    using user = workspace(version, own.access)
    writeSources(user)
    const bucket = bucketName('rescue')
    await using running = startBuild(user, { template: 'rescue.pkr.hcl', vars: { bucket } })
    await running.said('the machine runs')
    expect(await own.stop()).toBe(0)
    user.write('go-on', '')
    const { output } = await running.done
    const fingerprint = fingerprintIn(output)
    expect(output).toContain('connect: connection refused')

    await own.restart()
    const at = ['--data', own.dataDir]
    const manifest = join(user.folder, 'packer-manifest.json')
    await ingot('publish', ...at, '--manifest', manifest, '--bucket', bucket, '--fingerprint', fingerprint)
    const { stdout } = await ingot('resolve', ...at, bucket, '--region', 'eu')
    const { version: latest } = await reader(own.access).channel(bucket, 'latest')
    expect(latest).toMatchObject({
      name: 'v1',
      fingerprint,
      builds: [
        {
          component_type: 'tarball-image.site',
          platform: 'tarball',
          artifacts: [{ external_identifier: stdout.trim(), region: 'eu' }],
        },
      ],
    })
    expect(output).toContain(stdout.trim())
  })
})
