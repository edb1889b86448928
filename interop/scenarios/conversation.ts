import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { type Recorded, startRecorder } from '../harness/recorder.ts'
import { writeSources } from '../harness/sources.ts'
import { bucketName, workspace, world } from '../harness/world.ts'
import { type PackerVersion, packerVersions } from '../toolchain/programs.ts'

describe.each(packerVersions)('packer %s', (version) => {
  test('holds the publish conversation that docs/wire/packer-clients.md describes', async () => {
    await using recorder = await startRecorder(world())
    using user = workspace(version, recorder.access)
    writeSources(user)
    const bucket = bucketName('words')
    const vars = { bucket }
    const env = { HCP_PACKER_BUILD_FINGERPRINT: 'spoken' }
    const args = ['-parallel-builds=1']
    const { exitCode, output } = await build(user, { template: 'two-images.pkr.hcl', vars, env, args })
    expect(exitCode, output).toBe(0)

    expect(spoken(recorder.requests.slice(0, 8), bucket)).toEqual([
      'POST /oauth2/token 200',
      'GET /buckets/BUCKET 404',
      'PUT /buckets 200',
      'GET /buckets/BUCKET/versions/spoken 409',
      'POST /buckets/BUCKET/versions 200',
      'GET /buckets/BUCKET/versions/spoken/builds 200',
      'POST /buckets/BUCKET/versions/spoken/builds 200',
      'POST /buckets/BUCKET/versions/spoken/builds 200',
    ])
    const rest = spoken(recorder.requests.slice(8), bucket)
    const updates = Array(4).fill('PATCH /buckets/BUCKET/versions/spoken/builds/ID 200')
    const asksForBlocks = ['GET /enforced_blocks/bucket/BUCKET 200']
    expect(rest).toEqual([...(knowsEnforcedBlocks(version) ? asksForBlocks : []), ...updates])
    expect(recorder.requests.slice(-4).map(({ body }) => JSON.parse(body).status)).toEqual([
      'BUILD_RUNNING',
      'BUILD_DONE',
      'BUILD_RUNNING',
      'BUILD_DONE',
    ])
  })
})

/** From 1.15.2 on. */
function knowsEnforcedBlocks(version: PackerVersion): boolean {
  return version === '1.16.0' || version === '1.15.4'
}

function spoken(requests: readonly Recorded[], bucket: string): string[] {
  return requests.map(({ method, path, status }) => {
    const named = path.replace(bucket, 'BUCKET').replace(/(?<=\/builds\/)[0-9A-Z]{26}$/, 'ID')
    return `${method} ${named} ${status}`
  })
}
