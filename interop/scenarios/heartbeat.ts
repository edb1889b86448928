import { expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { fingerprintIn } from '../harness/output.ts'
import { startRecorder } from '../harness/recorder.ts'
import { writeSources } from '../harness/sources.ts'
import { bucketName, registry, workspace, world } from '../harness/world.ts'

test('a build longer than a heartbeat period stays running and completes, with packer 1.16.0', {
  timeout: 200_000,
}, async () => {
  await using recorder = await startRecorder(world())
  using user = workspace('1.16.0', recorder.access)
  writeSources(user)
  const bucket = bucketName('heartbeat')
  const { exitCode, output } = await build(user, {
    template: 'two-images.pkr.hcl',
    vars: { bucket, script: 'sleep 123' },
    args: ['-only=tarball-image.site'],
    limit: 180_000,
  })
  expect(exitCode, output).toBe(0)
  const running = recorder.requests.filter(
    ({ method, body }) => method === 'PATCH' && body.includes('BUILD_RUNNING'),
  )
  expect(running.map(({ status }) => status)).toEqual([200, 200])
  expect(running[1]!.at - running[0]!.at).toBeGreaterThan(119_000)
  const [, site] = await registry().builds(bucket, fingerprintIn(output))
  expect(site!.status).toBe('BUILD_DONE')
})
