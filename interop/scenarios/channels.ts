import { expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { fingerprintIn } from '../harness/output.ts'
import { writeSources } from '../harness/sources.ts'
import { bucketName, registry, workspace } from '../harness/world.ts'

test('packer 1.16.0 moves the channels that its template names, and goes on without those there are not', async () => {
  using user = workspace('1.16.0')
  writeSources(user)
  const bucket = bucketName('channels')
  await build(user, { template: 'own-builders.pkr.hcl', vars: { bucket } })
  await registry().createChannel(bucket, 'staging')

  const { exitCode, output } = await build(user, { template: 'channels.pkr.hcl', vars: { bucket } })
  expect(exitCode, output).toBe(0)
  expect(output).toContain('Error: The channel with identifier absent does not exist.')
  const staging = await registry().channel(bucket, 'staging')
  expect(staging.version).toMatchObject({ name: 'v2', fingerprint: fingerprintIn(output) })
})
