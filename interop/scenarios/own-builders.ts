import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { fingerprintIn } from '../harness/output.ts'
import { bucketName, registry, workspace } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

describe.each(packerVersions)('packer %s with only its own null and file builders', (version) => {
  test('publishes what these builders say of themselves', async () => {
    using user = workspace(version)
    const bucket = bucketName('own')
    const { exitCode, output } = await build(user, { template: 'own-builders.pkr.hcl', vars: { bucket } })
    expect(exitCode, output).toBe(0)

    const published = await registry().channel(bucket, 'latest')
    expect(published.version).toMatchObject({
      name: 'v1',
      status: 'VERSION_ACTIVE',
      fingerprint: fingerprintIn(output),
      template_type: 'HCL2',
    })
    const builds = await registry().builds(bucket, fingerprintIn(output))
    expect(builds).toMatchObject([
      {
        component_type: 'file.note',
        status: 'BUILD_DONE',
        platform: 'packer.file',
        artifacts: [{ external_identifier: 'note.txt', region: 'out' }],
      },
      {
        component_type: 'null.nothing',
        status: 'BUILD_DONE',
        platform: 'null',
        source_external_identifier: 'null',
        artifacts: [{ external_identifier: 'Null', region: 'null' }],
      },
    ])
  })
})
