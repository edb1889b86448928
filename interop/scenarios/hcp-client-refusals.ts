import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HcpClient, type HcpClientName, startHcpClient } from '../harness/hcp-client.ts'
import { runUuid } from '../harness/hcp-steps.ts'
import { type RunningRegistry, startRegistry } from '../harness/registry.ts'
import { hcpSdkVersions } from '../toolchain/programs.ts'

const BucketName = 'web'
const BucketSlug = 'web'
const done = { BucketName, Fingerprint: 'fp-1' }
const open = { BucketName, Fingerprint: 'fp-2' }
const artifacts = [{ external_identifier: 'ami-1', region: 'us-east-1' }]
const nowhere = '01J00000000000000000000000'
const stranger = '7d3c1a52-0f7b-4a55-9f0e-6f0b1f3d2c11'

type Refusal = readonly [
  what: string,
  operation: string,
  params: object,
  status: number,
  code: number,
  RegExp,
]

const newer: readonly Refusal[] = [
  [
    'a version that is not there',
    'GetVersion',
    { BucketName, Fingerprint: 'x' },
    409,
    10,
    /fingerprint x not found/,
  ],
  [
    'a bucket that is not there',
    'GetBucket',
    { BucketName: 'absent' },
    404,
    5,
    /bucket with identifier absent/,
  ],
  ['to delete such a bucket', 'DeleteBucket', { BucketName: 'absent' }, 404, 5, /does not exist/],
  ['a bucket that is there', 'CreateBucket', { Body: { name: 'web' } }, 409, 6, /web already exists/],
  ['a name of 40 letters', 'CreateBucket', { Body: { name: 'a'.repeat(40) } }, 400, 3, /3 to 36/],
  [
    'a fingerprint that is there',
    'CreateVersion',
    { BucketName, Body: { fingerprint: 'fp-1' } },
    409,
    6,
    /fp-1/,
  ],
  [
    'a component that is there',
    'CreateBuild',
    { ...open, Body: { component_type: 'a.one', packer_run_uuid: runUuid } },
    ...([409, 6, /a\.one/] as const),
  ],
  [
    'a build of a complete version',
    'CreateBuild',
    { ...done, Body: { component_type: 'b.two', packer_run_uuid: runUuid } },
    ...([400, 9, /This version is complete/] as const),
  ],
  [
    'a channel that is not there',
    'GetChannel',
    { BucketName, ChannelName: 'absent' },
    404,
    5,
    /channel with/,
  ],
  [
    'a channel that is there',
    'CreateChannel',
    { BucketName, Body: { name: 'prod' } },
    409,
    6,
    /prod already/,
  ],
  ['another latest', 'CreateChannel', { BucketName, Body: { name: 'latest' } }, 409, 6, /latest already/],
  [
    'a channel on a version that is not there',
    'UpdateChannel',
    {
      BucketName,
      ChannelName: 'prod',
      Body: { version_fingerprint: 'x', update_mask: 'versionFingerprint' },
    },
    ...([404, 5, /version with fingerprint \(fingerprint: x\) does not exist/] as const),
  ],
  [
    'a channel on an open version',
    'UpdateChannel',
    {
      BucketName,
      ChannelName: 'prod',
      Body: { version_fingerprint: 'fp-2', update_mask: 'versionFingerprint' },
    },
    ...([400, 9, /incomplete/] as const),
  ],
  [
    'a change without a mask',
    'UpdateChannel',
    { BucketName, ChannelName: 'prod', Body: { version_fingerprint: 'fp-1' } },
    ...([400, 3, /update_mask/] as const),
  ],
  [
    'to move latest',
    'UpdateChannel',
    {
      BucketName,
      ChannelName: 'latest',
      Body: { version_fingerprint: 'fp-1', update_mask: 'versionFingerprint' },
    },
    ...([400, 9, /managed by/] as const),
  ],
  [
    'to delete latest',
    'DeleteChannel',
    { BucketName, ChannelName: 'latest' },
    400,
    3,
    /managed channel latest/,
  ],
  [
    'to assign latest',
    'AssignChannelVersion',
    { BucketName, Body: { source_channel: 'prod', target_channel: 'latest' } },
    ...([400, 9, /managed channel 'latest'/] as const),
  ],
  ['to delete a version in use', 'DeleteVersion', done, 400, 9, /assigned by channels: prod/],
  [
    'to delete an unknown version',
    'DeleteVersion',
    { BucketName, Fingerprint: 'x' },
    404,
    5,
    /identifier x does/,
  ],
  ['to delete an unknown build', 'DeleteBuild', { ...done, BuildID: nowhere }, 404, 5, /^The build with/],
  ['to restore what is valid', 'UpdateVersion', { ...done, Body: { restore: true } }, 400, 9, /is valid/],
  [
    'two times of revocation',
    'UpdateVersion',
    { ...done, Body: { revoke_in: '1d', revoke_at: '2999-01-01T00:00:00Z' } },
    ...([400, 3, /revoke/] as const),
  ],
  ['a second registry', 'CreateRegistry', { Body: { feature_tier: 'PLUS' } }, 409, 6, /already exists/],
  ['a block that is not there', 'GetEnforcedBlock', { EnforcedBlockID: nowhere }, 404, 5, /does not exist/],
  [
    'another project',
    'GetBucket',
    { BucketName, LocationProjectID: stranger },
    404,
    5,
    /project with identifier/,
  ],
]

const older: readonly Refusal[] = [
  ['an iteration that is not there', 'GetIteration', { BucketSlug, Fingerprint: 'x' }, 409, 10, /not found/],
  ['an iteration by a wrong number', 'GetIteration', { BucketSlug, IncrementalVersion: 9 }, 404, 5, /./],
  [
    'a bucket that is not there',
    'GetBucket',
    { BucketSlug: 'absent' },
    404,
    5,
    /bucket with identifier absent/,
  ],
  ['a bucket that is there', 'CreateBucket', { Body: { bucket_slug: 'web' } }, 409, 6, /web already exists/],
  [
    'a fingerprint that is there',
    'CreateIteration',
    { BucketSlug, Body: { fingerprint: 'fp-1' } },
    409,
    6,
    /fp-1/,
  ],
  [
    'a channel that is there',
    'CreateChannel',
    { BucketSlug, Body: { slug: 'prod' } },
    409,
    6,
    /prod already/,
  ],
  ['a build that is not there', 'GetBuild', { BuildID: nowhere }, 404, 5, /build/],
]

describe.each(hcpSdkVersions)('hcp-sdk-go %s is refused', (version) => {
  let registry: RunningRegistry
  let client: HcpClient
  beforeAll(async () => {
    registry = await startRegistry()
    client = await startHcpClient(version, registry.access)
    await fill(client)
  })
  afterAll(async () => {
    await client[Symbol.asyncDispose]()
    await registry[Symbol.asyncDispose]()
  })

  const refused = async (name: HcpClientName, [, operation, params, status, code, words]: Refusal) => {
    const { error } = await client.call(name, `PackerService${operation}`, params)
    expect(error).toMatchObject({
      type: `PackerService${operation}Default`,
      status,
      payload: { code, message: expect.stringMatching(words) },
    })
    expect(codeAsPackerReadsIt(error!.text)).toBe(code)
  }

  test.each(newer)('%s (%s)', async (...refusal) => await refused('packer-2023-01-01', refusal))
  test.each(older)(
    '%s, of 2021-04-30 (%s)',
    async (...refusal) => await refused('packer-2021-04-30', refusal),
  )

  test('a project that is not there', async () => {
    const { error } = await client.call('projects', 'ProjectServiceGet', { ID: stranger })
    expect(error).toMatchObject({ type: 'ProjectServiceGetDefault', status: 404, payload: { code: 5 } })
  })
})

/** A bucket with a complete version on `prod` and an open one. */
async function fill(client: HcpClient): Promise<void> {
  const call = async (operation: string, params: object) => {
    const { error } = await client.call('packer-2023-01-01', `PackerService${operation}`, params)
    expect(error).toBeUndefined()
  }
  const build = { component_type: 'a.one', packer_run_uuid: runUuid }
  await call('CreateBucket', { Body: { name: 'web' } })
  for (const { Fingerprint } of [done, open]) {
    await call('CreateVersion', { BucketName, Body: { fingerprint: Fingerprint } })
  }
  await call('CreateBuild', { ...done, Body: { ...build, status: 'BUILD_DONE', platform: 'aws', artifacts } })
  await call('CreateBuild', { ...open, Body: { ...build, status: 'BUILD_RUNNING' } })
  await call('CreateChannel', { BucketName, Body: { name: 'prod', version_fingerprint: 'fp-1' } })
}

/** packer searches the text of an error for the first code and looks at nothing else. */
function codeAsPackerReadsIt(text: string): number {
  return Number(/code"?:(\d+)/i.exec(text)?.[1])
}
