import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { fingerprintIn, unwrapped } from '../harness/output.ts'
import { writeSources } from '../harness/sources.ts'
import { bucketName, registry, workspace } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

describe.each(packerVersions)(
  'packer %s with a template that reads its parent from the registry',
  (version) => {
    test('records the parent of the child', async () => {
      using user = workspace(version)
      writeSources(user)
      const parent = bucketName('parent')
      const bucket = bucketName('child')
      const first = await build(user, { template: 'two-images.pkr.hcl', vars: { bucket: parent } })
      expect(first.exitCode, first.output).toBe(0)
      const latest = await registry().channel(parent, 'latest')
      const site = latest.version!.builds.find((each) => each.component_type === 'tarball-image.site')!

      const second = await build(user, { template: 'child.pkr.hcl', vars: { bucket, parent } })
      expect(second.exitCode, second.output).toBe(0)
      const fingerprint = fingerprintIn(second.output)
      const [child] = await registry().builds(bucket, fingerprint)
      expect(child).toMatchObject({
        status: 'BUILD_DONE',
        source_external_identifier: site.artifacts[0]!.external_identifier,
      })
      expect(await registry().parents(bucket)).toMatchObject([
        {
          parent: {
            bucket_name: parent,
            version_fingerprint: latest.version!.fingerprint,
            channel_name: 'latest',
          },
          child: { bucket_name: bucket, version_fingerprint: fingerprint },
          status: 'UP_TO_DATE',
        },
      ])
    })

    test('says which channel there is not', async () => {
      using user = workspace(version)
      writeSources(user)
      const parent = bucketName('parent')
      await build(user, { template: 'own-builders.pkr.hcl', vars: { bucket: parent } })
      const vars = { bucket: bucketName('child'), parent, channel: 'production' }
      const { exitCode, output } = await build(user, { template: 'child.pkr.hcl', vars })
      expect(exitCode, output).toBe(1)
      expect(unwrapped(output)).toContain('Error: The channel with identifier production does not exist.')
    })
  },
)
