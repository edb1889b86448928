import { expect } from 'vitest'
import { type HcpStep, runUuid } from './hcp-steps.ts'

const BucketSlug = 'older-web'
const ulid = expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/)
const some = expect.stringMatching(/./)
const image = { image_id: 'ami-1', region: 'us-east-1' }

const registry: readonly HcpStep[] = [
  { operation: 'PackerServiceDeleteRegistry', answer: { operation: { id: some } } },
  {
    operation: 'PackerServiceCreateRegistry',
    params: { Body: { feature_tier: 'PLUS' } },
    answer: { registry: { config: { activated: true } }, operation: { id: some } },
  },
  {
    operation: 'PackerServiceUpdateRegistry',
    params: { Body: { feature_tier: 'PLUS', activate: true } },
    answer: { registry: { config: { feature_tier: 'PLUS' } }, operation: { id: some } },
  },
  {
    operation: 'PackerServiceGetRegistry',
    answer: { registry: { id: ulid, config: { activated: true } } },
  },
  {
    operation: 'PackerServiceGetRegistryTFCRunTaskAPI',
    params: { TaskType: 'validation' },
    answer: { api_url: some, hmac_key: some },
  },
  {
    operation: 'PackerServiceRegenerateTFCRunTaskHmacKey',
    params: { Body: {} },
    answer: { hmac_key: some },
  },
]

const publishing: readonly HcpStep[] = [
  {
    operation: 'PackerServiceCreateBucket',
    params: { Body: { bucket_slug: BucketSlug, description: 'pages', labels: { team: 'web' } } },
    answer: { bucket: { id: ulid, slug: BucketSlug, description: 'pages', labels: { team: 'web' } } },
    keep: { bucket: 'bucket' },
  },
  {
    operation: 'PackerServiceUpdateBucket',
    params: { BucketSlug, Body: { description: 'more pages', labels: { team: 'site' } } },
    answer: { bucket: { description: 'more pages', labels: { team: 'site' } } },
  },
  {
    operation: 'PackerServiceCreateIteration',
    params: { BucketSlug, Body: { fingerprint: 'older-1', template_type: 'HCL2' } },
    answer: { iteration: { id: ulid, fingerprint: 'older-1', template_type: 'HCL2' } },
    keep: { iteration: 'iteration' },
  },
  {
    operation: 'PackerServiceCreateBuild',
    params: ({ iteration: IterationID }) => ({
      ...{ BucketSlug, IterationID },
      Body: {
        fingerprint: 'older-1',
        build: { component_type: 'amazon-ebs.a', packer_run_uuid: runUuid, status: 'UNSET' },
      },
    }),
    answer: { build: { id: ulid, iteration_id: ulid, component_type: 'amazon-ebs.a', status: 'UNSET' } },
    keep: { olderBuild: 'build' },
  },
  {
    operation: 'PackerServiceUpdateBuild',
    params: ({ olderBuild: BuildID }) => ({
      BuildID,
      Body: {
        updates: {
          ...{ cloud_provider: 'aws', images: [image], labels: { os: 'debian' } },
          ...{ packer_run_uuid: runUuid, status: 'DONE' },
        },
      },
    }),
    answer: { build: { status: 'DONE', cloud_provider: 'aws', images: [image], labels: { os: 'debian' } } },
  },
]

const reading: readonly HcpStep[] = [
  {
    operation: 'PackerServiceGetIteration',
    params: { BucketSlug, IncrementalVersion: 1 },
    answer: { iteration: { complete: true, incremental_version: 1, builds: [{ images: [image] }] } },
  },
  {
    operation: 'PackerServiceListIterations',
    params: { BucketSlug, SortingOrderBy: ['created_at desc'] },
    answer: { iterations: [{ complete: true, fingerprint: 'older-1' }] },
    beyond: ['/iterations/0/status'],
  },
  {
    operation: 'PackerServiceGetBucket',
    params: ({ bucket: BucketID }) => ({ BucketSlug: 'no-such-slug', BucketID }),
    answer: { bucket: { latest_version: 1, iteration_count: '1', latest_iteration: { complete: true } } },
  },
  {
    operation: 'PackerServiceListBuckets',
    params: { SortingOrderBy: ['slug'] },
    answer: { buckets: [{ slug: BucketSlug }] },
  },
  {
    operation: 'PackerServiceListBuilds',
    params: ({ iteration: IterationID }) => ({ BucketSlug, IterationID }),
    answer: { builds: [{ images: [image] }] },
  },
  {
    operation: 'PackerServiceGetBuild',
    params: ({ olderBuild: BuildID }) => ({ BuildID }),
    answer: { build: { packer_run_uuid: runUuid } },
  },
  {
    operation: 'PackerServiceListBucketAncestry',
    params: { BucketSlug, Type: 'parents' },
    answer: { relations: [] },
  },
]

const channels: readonly HcpStep[] = [
  {
    operation: 'PackerServiceCreateChannel',
    params: { BucketSlug, Body: { slug: 'prod', restriction: 'UNRESTRICTED' } },
    answer: { channel: { id: ulid, slug: 'prod' } },
  },
  {
    operation: 'PackerServiceUpdateChannel',
    params: { BucketSlug, Slug: 'prod', Body: { incremental_version: 1, mask: 'incrementalVersion' } },
    answer: {
      channel: { iteration: { fingerprint: 'older-1' }, pointer: { iteration: { complete: true } } },
    },
  },
  {
    operation: 'PackerServiceGetChannel',
    params: { BucketSlug, Slug: 'latest' },
    answer: { channel: { managed: true, iteration: { builds: [{ images: [image] }] } } },
  },
  {
    operation: 'PackerServiceListChannels',
    params: { BucketSlug },
    answer: { channels: expect.arrayContaining([expect.objectContaining({ slug: 'prod' })]) },
  },
  {
    operation: 'PackerServiceListChannelHistory',
    params: { BucketSlug, Slug: 'prod' },
    answer: { history: [{ iteration: { incremental_version: 1 } }] },
  },
]

const ending: readonly HcpStep[] = [
  {
    operation: 'PackerServiceUpdateIteration',
    params: ({ iteration: IterationID }) => ({
      IterationID,
      Body: { bucket_slug: BucketSlug, revoke_in: '0s', revocation_message: 'old', rollback_channels: true },
    }),
    answer: { iteration: { revocation_message: 'old', revocation_type: 'MANUAL' }, operation: { id: some } },
  },
  {
    operation: 'PackerServiceDeleteBuild',
    params: ({ olderBuild: BuildID }) => ({ BuildID }),
    answer: {},
  },
  { operation: 'PackerServiceDeleteChannel', params: { BucketSlug, Slug: 'prod' }, answer: {} },
  {
    operation: 'PackerServiceDeleteIteration',
    params: ({ iteration: IterationID }) => ({ IterationID, BucketSlug, RollbackChannels: true }),
    answer: {},
  },
  { operation: 'PackerServiceDeleteBucket', params: { BucketSlug }, answer: {} },
]

/** Every operation of the interface of 2021-04-30, in an order in which each finds what it needs. */
export const hcpSteps2021: readonly HcpStep[] = [
  ...registry,
  ...publishing,
  ...reading,
  ...channels,
  ...ending,
]
