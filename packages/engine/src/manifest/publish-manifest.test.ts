import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Harness, openHarness } from '../../test/harness.ts'
import { EngineError } from '../errors.ts'
import { type PublishOptions, publishManifest } from './publish-manifest.ts'
import { readManifest } from './read-manifest.ts'

let harness: Harness

beforeEach(async () => {
  harness = await openHarness()
})
afterEach(() => harness[Symbol.asyncDispose]())

const runUuid = '6d5d3185-fa95-44e1-8775-9e64fe2e2d8f'
const older = '11111111-fa95-44e1-8775-9e64fe2e2d8f'
const build = (name: string, artifact_id: string, packer_run_uuid = runUuid) => ({
  name,
  builder_type: 'amazon-ebs',
  build_time: 1_507_245_986,
  files: null,
  artifact_id,
  packer_run_uuid,
  custom_data: { ingot_source_image: 'ami-0' },
})
const manifestOf = (...builds: object[]) => readManifest(JSON.stringify({ builds, last_run_uuid: runUuid }))
const manifest = manifestOf(
  build('old', 'us-east-1:ami-7', older),
  build('web', 'us-east-1:ami-1,eu-west-1:ami-2'),
  build('worker', 'us-east-1:ami-3'),
)

const publish = (options: Partial<PublishOptions> = {}, what = manifest) =>
  publishManifest(what, { client: harness.client, bucket: { name: 'web' }, ...options })

async function refusal(promise: Promise<unknown>): Promise<EngineError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(EngineError)
  return error as EngineError
}

test("the builds of the manifest's last run become one complete version named after the run", async () => {
  const outcome = await publish({ buildLabels: { team: 'web' } })
  expect(outcome).toMatchObject({
    bucket: 'web',
    fingerprint: runUuid,
    version: { name: 'v1', complete: true },
  })
  const version = await harness.client.versions.get('web', runUuid)
  expect(version.builds.map((each) => each.component_type).sort()).toEqual([
    'amazon-ebs.web',
    'amazon-ebs.worker',
  ])
  const web = version.builds.find((each) => each.component_type === 'amazon-ebs.web')
  expect(web).toMatchObject({ platform: 'aws', labels: { team: 'web' }, source_external_identifier: 'ami-0' })
  expect(web?.artifacts).toHaveLength(2)
})

test('publishing again changes nothing', async () => {
  await publish()
  const before = await harness.client.versions.get('web', runUuid)
  const again = await publish()
  expect(again.builds.map((each) => each.news)).toEqual([false, false])
  expect(again.version).toMatchObject({ name: 'v1' })
  expect(await harness.client.versions.get('web', runUuid)).toEqual(before)
})

test('another run can be chosen', async () => {
  const outcome = await publish({ runUuid: older, fingerprint: 'older' })
  expect(outcome).toMatchObject({
    fingerprint: 'older',
    builds: [{ record: { component: 'amazon-ebs.old' } }],
  })
})

test('other images under the same fingerprint are refused, complete or not', async () => {
  await publish()
  const other = manifestOf(build('web', 'us-east-1:ami-9'), build('new', 'us-east-1:ami-8'))
  const error = await refusal(publish({}, other))
  expect(error).toMatchObject({ code: 'version.complete', details: ['amazon-ebs.web', 'amazon-ebs.new'] })
})

test('a version that packer began is finished, and waits for builds that are still missing', async () => {
  const { client } = harness
  await client.buckets.create({ name: 'web' })
  await client.versions.create('web', { fingerprint: 'F1', template_type: 'HCL2' })
  for (const component of ['amazon-ebs.web', 'amazon-ebs.worker', 'amazon-ebs.late']) {
    const begun = {
      component_type: component,
      packer_run_uuid: runUuid,
      status: 'BUILD_UNSET',
      artifacts: null,
    } as const
    await client.builds.create({ bucket: 'web', fingerprint: 'F1' }, begun)
  }
  const outcome = await publish({ fingerprint: 'F1' })
  expect(outcome.version).toMatchObject({ name: 'v0', complete: false })
  const { builds } = await client.versions.get('web', 'F1')
  expect(builds.map((each) => each.status).sort()).toEqual(['BUILD_DONE', 'BUILD_DONE', 'BUILD_UNSET'])
})

test('a manifest without a bucket is refused, and so is a bucket that cannot be', async () => {
  expect(await refusal(publishManifest(manifest, { client: harness.client }))).toMatchObject({
    code: 'plan.invalid',
    message: expect.stringContaining('name the bucket'),
  })
  expect(await refusal(publish({ bucket: { name: 'a b' } }))).toMatchObject({ code: 'plan.invalid' })
})
