import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { fingerprintIn } from '../harness/output.ts'
import { writeSources } from '../harness/sources.ts'
import { bucketName, registry, workspace } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

describe.each(packerVersions)('packer %s with a JSON template', (version) => {
  test('publishes because HCP_PACKER_BUCKET_NAME is set, and only then', async () => {
    using user = workspace(version)
    writeSources(user)
    const bucket = bucketName('json')
    const { exitCode, output } = await build(user, {
      template: 'json-template.json',
      env: { HCP_PACKER_BUCKET_NAME: bucket },
    })
    expect(exitCode, output).toBe(0)
    const { version: made } = await registry().channel(bucket, 'latest')
    expect(made).toMatchObject({ name: 'v1', fingerprint: fingerprintIn(output), template_type: 'JSON' })
    expect(await registry().builds(bucket, made!.fingerprint)).toMatchObject([
      { component_type: 'null.one', status: 'BUILD_DONE', platform: 'null' },
      {
        component_type: 'tarball-image.two',
        status: 'BUILD_DONE',
        platform: 'tarball',
        artifacts: [{ region: 'eu', external_identifier: expect.stringMatching(/^sha256:/) }],
      },
    ])

    const without = await build(user, { template: 'json-template.json' })
    expect(without.exitCode, without.output).toBe(0)
    expect(without.output).not.toContain('HCP Packer')
    expect((await registry().bucket(bucket)).version_count).toBe('1')
  })
})
