import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import type { Outcome } from '../harness/command.ts'
import { fingerprintIn } from '../harness/output.ts'
import { PackerRace } from '../harness/packer-race.ts'
import { writeSources } from '../harness/sources.ts'
import type { Workspace } from '../harness/workspace.ts'
import { bucketName, registry, workspace } from '../harness/world.ts'

const times = 50

// The two provisioners wait for each other, so both builds end together and their last calls race.
const meet = 'touch at-$PACKER_BUILD_NAME; until [ -e at-site ] && [ -e at-docs ]; do sleep 0.005; done'

test(`two sources that finish in the same instant complete their version, ${times} times over, with packer 1.16.0`, {
  timeout: 240_000,
}, async () => {
  using user = workspace('1.16.0')
  writeSources(user)
  const bucket = bucketName('instant')
  for (let time = 1; time <= times; time++) {
    const { exitCode, output } = await buildTogether(user, bucket)
    expect(exitCode, output).toBe(0)
    expect(output).not.toContain('is incomplete')
    expect((await registry().channel(bucket, 'latest')).version).toMatchObject({
      name: `v${time}`,
      fingerprint: fingerprintIn(output),
      status: 'VERSION_ACTIVE',
    })
  }
  expect((await registry().bucket(bucket)).latest_version).toMatchObject({ name: `v${times}` })
})

/** Runs again, with a new fingerprint, when packer dies of its own race: among so many runs one may. */
async function buildTogether(user: Workspace, bucket: string): Promise<Outcome> {
  for (const name of ['at-site', 'at-docs']) rmSync(join(user.folder, name), { force: true })
  try {
    return await build(user, { template: 'two-images.pkr.hcl', vars: { bucket, script: meet } })
  } catch (error) {
    if (!(error instanceof PackerRace)) throw error
    console.log(error.message)
    return await buildTogether(user, bucket)
  }
}
