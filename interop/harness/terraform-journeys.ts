/** A call as the provider makes it: the operation of HashiCorp's Go client, and what goes over the wire. */
export interface TerraformCall {
  readonly operation: string
  readonly params: object
  /** Method and path, below the project. */
  readonly line: string
  readonly body?: object
  /** The status of a refusal with which the provider goes on. */
  readonly status?: number
}

/** What a user applies, and the calls that it takes: first those that look, then those that change. */
export interface TerraformStep {
  readonly configuration: string
  readonly calls: readonly TerraformCall[]
}

export interface TerraformJourney {
  readonly what: string
  readonly steps: readonly TerraformStep[]
}

const inBucket = { BucketName: 'img' }
const bucket = 'resource "hcp_packer_bucket" "x" {\n  name = "web"\n}\n'
const inImg = (what: string, more: string) =>
  `${what} "x" {\n  bucket_name = "img"\n  ${more.split(', ').join('\n  ')}\n}\n`
const channel = (more: string) => inImg('resource "hcp_packer_channel"', more)
const assignment = (fingerprint: string) =>
  inImg(
    'resource "hcp_packer_channel_assignment"',
    `channel_name = "free", version_fingerprint = "${fingerprint}"`,
  )

const getBucket = { operation: 'GetBucket', params: { BucketName: 'web' }, line: 'GET /buckets/web' }
const listChannels = { operation: 'ListChannels', params: inBucket, line: 'GET /buckets/img/channels' }
const getRunTask = {
  ...{ operation: 'GetRegistryTFCRunTaskAPI', params: { TaskType: 'validation' } },
  line: 'GET /runtasks/validation',
}

function createChannel(body: object, status?: number): TerraformCall {
  const line = 'POST /buckets/img/channels'
  const call = { operation: 'CreateChannel', params: { ...inBucket, Body: body }, line, body }
  return status === undefined ? call : { ...call, status }
}

function updateChannel(ChannelName: string, body: object): TerraformCall {
  const params = { ...inBucket, ChannelName, Body: body }
  return { operation: 'UpdateChannel', params, line: `PATCH /buckets/img/channels/${ChannelName}`, body }
}

const restricted = { update_mask: 'restricted' }
const assigned = { update_mask: 'versionFingerprint' }

const resources: readonly TerraformJourney[] = [
  {
    what: 'a bucket',
    steps: [
      {
        configuration: bucket,
        calls: [
          {
            ...{ operation: 'CreateBucket', params: { Body: { name: 'web' } } },
            ...{ line: 'PUT /buckets', body: { name: 'web' } },
          },
        ],
      },
      { configuration: bucket, calls: [getBucket] },
      {
        configuration: '',
        calls: [getBucket, { ...getBucket, operation: 'DeleteBucket', line: 'DELETE /buckets/web' }],
      },
    ],
  },
  {
    what: 'a channel',
    steps: [
      { configuration: channel('name = "staging"'), calls: [createChannel({ name: 'staging' })] },
      {
        configuration: channel('name = "staging", restricted = true'),
        calls: [listChannels, updateChannel('staging', { ...restricted, restricted: true })],
      },
      {
        configuration: channel('name = "staging", restricted = false'),
        calls: [listChannels, updateChannel('staging', restricted)],
      },
      {
        configuration: '',
        calls: [
          listChannels,
          {
            ...{ operation: 'DeleteChannel', params: { ...inBucket, ChannelName: 'staging' } },
            line: 'DELETE /buckets/img/channels/staging',
          },
        ],
      },
    ],
  },
  {
    what: 'a channel that is born restricted',
    steps: [
      {
        configuration: channel('name = "inner", restricted = true'),
        calls: [createChannel({ name: 'inner', restricted: true })],
      },
    ],
  },
  {
    what: 'the channel latest',
    steps: [
      {
        configuration: channel('name = "latest", restricted = false'),
        calls: [createChannel({ name: 'latest' }, 409), listChannels, updateChannel('latest', restricted)],
      },
      { configuration: '', calls: [listChannels] },
    ],
  },
  {
    what: 'an assignment',
    steps: [
      {
        configuration: assignment('fp-one'),
        calls: [listChannels, updateChannel('free', { ...assigned, version_fingerprint: 'fp-one' })],
      },
      {
        configuration: assignment('fp-two'),
        calls: [listChannels, updateChannel('free', { ...assigned, version_fingerprint: 'fp-two' })],
      },
      { configuration: assignment('none'), calls: [listChannels, updateChannel('free', assigned)] },
      { configuration: '', calls: [listChannels, updateChannel('free', assigned)] },
    ],
  },
  {
    what: 'the run task, with a new key each time',
    steps: [
      {
        configuration: 'resource "hcp_packer_run_task" "x" {\n  regenerate_hmac = true\n}\n',
        calls: [
          getRunTask,
          {
            ...{ operation: 'RegenerateTFCRunTaskHmacKey', params: { Body: {} } },
            ...{ line: 'PATCH /runtasks/hmac', body: {} },
          },
        ],
      },
      { configuration: '', calls: [getRunTask] },
    ],
  },
]

const getChannel = {
  ...{ operation: 'GetChannel', params: { ...inBucket, ChannelName: 'prod' } },
  line: 'GET /buckets/img/channels/prod',
}
const here = 'platform = "aws", region = "us-east-1"'

const lookups: readonly TerraformJourney[] = [
  {
    what: 'the version of a channel',
    steps: [
      { configuration: inImg('data "hcp_packer_version"', 'channel_name = "prod"'), calls: [getChannel] },
    ],
  },
  {
    what: 'an image of a channel',
    steps: [
      {
        configuration: inImg('data "hcp_packer_artifact"', `channel_name = "prod", ${here}`),
        calls: [getChannel],
      },
    ],
  },
  {
    what: 'an image of a version',
    steps: [
      {
        configuration: inImg('data "hcp_packer_artifact"', `version_fingerprint = "fp-one", ${here}`),
        calls: [
          {
            ...{ operation: 'GetVersion', params: { ...inBucket, Fingerprint: 'fp-one' } },
            line: 'GET /buckets/img/versions/fp-one',
          },
        ],
      },
    ],
  },
  {
    what: 'the names of buckets',
    steps: [
      {
        configuration: 'data "hcp_packer_bucket_names" "x" {}\n',
        calls: [
          {
            ...{ operation: 'ListBuckets', params: { SortingOrderBy: ['name'] } },
            line: 'GET /buckets?sorting.order_by=name',
          },
        ],
      },
    ],
  },
  {
    what: 'the run task',
    steps: [{ configuration: 'data "hcp_packer_run_task" "x" {}\n', calls: [getRunTask] }],
  },
]

/** Each resource and data source of packer's, from its making to its end. */
export const terraformJourneys: readonly TerraformJourney[] = [...resources, ...lookups]
