import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { fingerprintIn, unwrapped } from '../harness/output.ts'
import { writeSources } from '../harness/sources.ts'
import { bucketName, registry, workspace } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

describe.each(packerVersions)('packer %s with the plugin in TypeScript', (version) => {
  test('makes one complete version of two images and moves latest to it', async () => {
    using user = workspace(version)
    writeSources(user)
    const bucket = bucketName('two')
    const { exitCode, output } = await build(user, {
      template: 'two-images.pkr.hcl',
      vars: { bucket, script: 'echo $PACKER_BUILD_NAME is provisioned' },
    })
    expect(exitCode, output).toBe(0)
    expect(output).toContain('tarball-image.site: site is provisioned')
    expect(output).toContain('tarball-image.docs: docs is provisioned')

    const fingerprint = fingerprintIn(output)
    const made = await registry().version(bucket, fingerprint)
    expect(made).toMatchObject({ name: 'v1', status: 'VERSION_ACTIVE', template_type: 'HCL2' })
    expect(unwrapped(output)).toContain(
      `tarball-image.site: Published metadata to HCP Packer registry packer/${bucket}/versions/${made.id}`,
    )
    expect(await registry().channel(bucket, 'latest')).toMatchObject({ version: { id: made.id } })
    expect(await registry().bucket(bucket)).toMatchObject({
      description: 'Two images of one bucket',
      labels: { team: 'interop', stage: 'test' },
      platforms: ['tarball'],
      version_count: '1',
      latest_version: { id: made.id },
    })

    const [docs, site] = await registry().builds(bucket, fingerprint)
    expect(docs).toMatchObject({
      component_type: 'tarball-image.docs',
      status: 'BUILD_DONE',
      platform: 'tarball',
      source_external_identifier: 'docs',
      labels: { flavour: 'plain', page: 'docs' },
      artifacts: [{ region: 'eu', external_identifier: expect.stringMatching(/^sha256:/) }],
      metadata: { packer: { version, plugins: [{ name: 'tarball' }] } },
    })
    expect(site).toMatchObject({
      component_type: 'tarball-image.site',
      status: 'BUILD_DONE',
      platform: 'tarball',
      source_external_identifier: 'site',
      labels: { flavour: 'plain' },
      packer_run_uuid: docs!.packer_run_uuid,
    })
    expect(site!.artifacts.map(({ region }) => region).toSorted()).toEqual(['eu', 'us'])
    expect(site!.artifacts[0]!.external_identifier).not.toBe(docs!.artifacts[0]!.external_identifier)
  })
})
