import { zstdCompressSync } from 'node:zlib'
import { expect } from 'vitest'
import { type HcpStep, runUuid } from './hcp-steps.ts'

const BucketName = 'web'
const one = { BucketName, Fingerprint: 'fp-1' }
const block = { version: 'v1.0.0', template_type: 'HCL2', block_content: 'provisioner "shell-local" {}' }
const ulid = expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/)
const some = expect.stringMatching(/./)

const bill = zstdCompressSync(
  JSON.stringify({
    ...{ bomFormat: 'CycloneDX', specVersion: '1.6' },
    components: [{ type: 'library', name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20' }],
  }),
).toString('base64')

/** An advisory against what the bill holds, in the form of OSV. */
export const advisory = {
  ...{ id: 'CVE-2021-23337', modified: '2024-01-01T00:00:00Z', summary: 'Command injection' },
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'lodash' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }],
    },
  ],
}

const registry: readonly HcpStep[] = [
  {
    operation: 'PackerServiceDeleteRegistry',
    answer: { operation: { id: some, state: 'DONE' } },
  },
  {
    operation: 'PackerServiceCreateRegistry',
    params: { Body: { feature_tier: 'PLUS' } },
    answer: { registry: { config: { activated: true, feature_tier: 'PLUS' } }, operation: { id: some } },
    keep: { operation: 'operation' },
  },
  {
    operation: 'PackerServiceGetRegistry',
    answer: { registry: { id: ulid, config: { activated: true, feature_tier: 'PLUS' } } },
  },
  {
    operation: 'PackerServiceUpdateRegistry',
    params: { Body: { activated: true, update_mask: 'activated' } },
    answer: { registry: { config: { activated: true } }, operation: { state: 'DONE' } },
  },
]

const runTasks: readonly HcpStep[] = [
  {
    operation: 'PackerServiceGetRegistryTFCRunTaskAPI',
    params: { TaskType: 'validation' },
    answer: { api_url: expect.stringContaining('https://'), hmac_key: some },
  },
  {
    operation: 'PackerServiceRegenerateTFCRunTaskHmacKey',
    params: { Body: {} },
    answer: { hmac_key: some },
  },
  {
    operation: 'PackerServiceUpdateRunTaskConfig',
    params: { Body: { on_untracked_image: 'WARN' } },
    answer: {},
  },
  { operation: 'PackerServiceGetRunTaskConfig', answer: { on_untracked_image: 'WARN' } },
]

const publishing: readonly HcpStep[] = [
  {
    operation: 'PackerServiceCreateBucket',
    params: { Body: { name: BucketName, description: 'pages', labels: { team: 'web' } } },
    answer: { bucket: { id: ulid, name: BucketName, description: 'pages', labels: { team: 'web' } } },
  },
  {
    operation: 'PackerServiceUpdateBucket',
    params: { BucketName, Body: { description: 'more pages', labels: { team: 'site' } } },
    answer: { bucket: { description: 'more pages', labels: { team: 'site' } } },
  },
  {
    operation: 'PackerServiceCreateVersion',
    params: { BucketName, Body: { fingerprint: 'fp-1', template_type: 'HCL2' } },
    answer: { version: { id: ulid, name: 'v0', fingerprint: 'fp-1', template_type: 'HCL2' } },
  },
  {
    operation: 'PackerServiceCreateBuild',
    params: {
      ...one,
      Body: { component_type: 'amazon-ebs.a', packer_run_uuid: runUuid, status: 'BUILD_RUNNING' },
    },
    answer: { build: { id: ulid, component_type: 'amazon-ebs.a', status: 'BUILD_RUNNING' } },
    keep: { build: 'build' },
  },
  {
    operation: 'PackerServiceUploadSbom',
    params: ({ build }) => ({
      ...{ ...one, BuildID: build },
      Body: { compressed_sbom: bill, format: 'CYCLONEDX', name: 'os-packages' },
    }),
    answer: { sbom: { id: ulid, name: 'os-packages', format: 'CYCLONEDX' } },
  },
  {
    operation: 'PackerServiceUpdateBuild',
    params: ({ build }) => ({
      ...{ ...one, BuildID: build },
      Body: {
        ...{ packer_run_uuid: runUuid, status: 'BUILD_DONE', platform: 'aws', labels: { os: 'debian' } },
        artifacts: [{ external_identifier: 'ami-1', region: 'us-east-1' }],
        metadata: { packer: { version: '1.16.0' } },
      },
    }),
    answer: {
      build: {
        ...{ status: 'BUILD_DONE', platform: 'aws', labels: { os: 'debian' } },
        artifacts: [{ external_identifier: 'ami-1', region: 'us-east-1' }],
      },
    },
  },
]

const reading: readonly HcpStep[] = [
  {
    operation: 'PackerServiceGetVersion',
    params: one,
    answer: { version: { name: 'v1', status: 'VERSION_ACTIVE', author_id: some, builds: [{ id: ulid }] } },
  },
  {
    operation: 'PackerServiceListVersions',
    params: { BucketName, SortingOrderBy: ['created_at desc'], PaginationPageSize: 1 },
    answer: { versions: [{ name: 'v1' }] },
  },
  {
    operation: 'PackerServiceGetBucket',
    params: { BucketName },
    answer: {
      bucket: {
        ...{ version_count: '1', platforms: ['aws'], latest_version: { name: 'v1' } },
        resource_name: expect.stringMatching(/^packer\/project\/[-\da-f]{36}\/bucket\/web$/),
      },
    },
  },
  {
    operation: 'PackerServiceListBuckets',
    params: { SortingOrderBy: ['name'] },
    answer: { buckets: [{ name: BucketName }] },
  },
  {
    operation: 'PackerServiceListBuilds',
    params: one,
    answer: { builds: [{ component_type: 'amazon-ebs.a', metadata: { packer: { version: '1.16.0' } } }] },
  },
  {
    operation: 'PackerServiceGetBuild',
    params: ({ build }) => ({ ...one, BuildID: build }),
    answer: { build: { packer_run_uuid: runUuid } },
  },
  {
    operation: 'PackerServiceSearchExternalArtifact',
    params: { Body: { external_identifier: 'ami-1' }, PaginationPageSize: 1 },
    answer: { artifacts: [{ bucket: { name: BucketName }, version: { name: 'v1' } }] },
    beyond: ['bucket_name', 'template_type', 'created_at', 'updated_at'].map(
      (name) => `/artifacts/0/version/${name}`,
    ),
  },
  {
    operation: 'PackerServiceListBucketAncestry',
    params: { BucketName, Type: 'ANCESTRY_TYPE_PARENTS' },
    answer: { relations: [] },
  },
]

const bills: readonly HcpStep[] = [
  {
    operation: 'PackerServiceListSboms',
    params: ({ build }) => ({ ...one, BuildID: build }),
    answer: { sboms: [{ name: 'os-packages', format: 'CYCLONEDX' }] },
  },
  {
    operation: 'PackerServiceGetSbom',
    params: ({ build }) => ({ ...one, BuildID: build, SbomName: 'os-packages' }),
    answer: { download_url: expect.stringContaining('https://') },
  },
  {
    operation: 'PackerServiceListBuildPackages',
    params: ({ build }) => ({ ...one, BuildID: build, PackageName: 'lodash' }),
    answer: { packages: [{ name: 'lodash', version: '4.17.20' }] },
  },
  {
    operation: 'PackerServiceListBucketPackages',
    params: { BucketName, PackageNameStartsWith: 'lo' },
    answer: { packages: [{ name: 'lodash' }] },
  },
  {
    operation: 'PackerServiceListBucketVulnerabilities',
    params: { BucketName, Criticality: ['High'] },
    answer: { vulnerabilities: [{}] },
  },
  {
    operation: 'PackerServiceListBucketPackagesWithVulnerabilities',
    params: { BucketName, PackageName: 'lodash' },
    answer: { packages: [{ name: 'lodash' }] },
  },
  {
    operation: 'PackerServiceListBucketPackagesVulnerabilitySummary',
    params: { BucketName },
    answer: { total_by_criticality: expect.arrayContaining([expect.anything()]) },
  },
]

const channels: readonly HcpStep[] = [
  {
    operation: 'PackerServiceCreateChannel',
    params: { BucketName, Body: { name: 'prod', version_fingerprint: 'fp-1' } },
    answer: { channel: { id: ulid, name: 'prod', version: { fingerprint: 'fp-1' } } },
  },
  {
    operation: 'PackerServiceUpdateChannel',
    params: { BucketName, ChannelName: 'prod', Body: { restricted: true, update_mask: 'restricted' } },
    answer: { channel: { restricted: true } },
  },
  {
    operation: 'PackerServiceGetChannel',
    params: { BucketName, ChannelName: 'latest' },
    answer: { channel: { managed: true, author_id: some, version: { builds: [{ artifacts: [{}] }] } } },
  },
  {
    operation: 'PackerServiceListChannels',
    params: { BucketName },
    answer: { channels: expect.arrayContaining([expect.objectContaining({ name: 'prod' })]) },
  },
]

const assigning: readonly HcpStep[] = [
  {
    operation: 'PackerServiceAssignChannelVersion',
    params: { BucketName, Body: { source_channel: 'latest', target_channel: 'prod' } },
    answer: { fingerprint: 'fp-1', source_channel: { name: 'latest' }, target_channel: { name: 'prod' } },
  },
  {
    operation: 'PackerServiceListChannelAssignmentHistory',
    params: { BucketName, ChannelName: 'prod' },
    answer: { history: [{ version: { name: 'v1' }, author_id: some }] },
  },
]

const blocks: readonly HcpStep[] = [
  {
    operation: 'PackerServiceCreateEnforcedBlock',
    params: { Body: { name: 'harden', ...block } },
    answer: { enforced_block: { name: 'harden' } },
    keep: { block: 'enforced_block' },
  },
  {
    operation: 'PackerServiceListEnforcedBlocks',
    answer: { enforced_blocks: [{ name: 'harden' }] },
  },
  {
    operation: 'PackerServiceGetEnforcedBlock',
    params: ({ block: EnforcedBlockID }) => ({ EnforcedBlockID }),
    answer: { enforced_block: { name: 'harden' } },
  },
  {
    operation: 'PackerServiceUpdateEnforcedBlock',
    params: ({ block: EnforcedBlockID }) => ({
      ...{ EnforcedBlockID, Body: { labels: { a: 'b' }, update_mask: 'labels' } },
    }),
    answer: {},
  },
  {
    operation: 'PackerServiceCreateEnforcedBlockVersion',
    params: ({ block: EnforcedBlockID }) => ({ EnforcedBlockID, Body: { ...block, version: 'v2.0.0' } }),
    answer: { enforced_block_version: { version: 'v2.0.0' } },
    keep: { blockVersion: 'enforced_block_version' },
  },
  {
    operation: 'PackerServiceGetEnforcedBlockVersions',
    params: ({ block: EnforcedBlockID }) => ({ EnforcedBlockID }),
    answer: {},
  },
]

const linking: readonly HcpStep[] = [
  {
    operation: 'PackerServiceUpdateEnforcedBlockVersion',
    params: ({ block: EnforcedBlockID, blockVersion: EnforcedBlockVersionID }) => ({
      ...{ EnforcedBlockID, EnforcedBlockVersionID },
      Body: { additional_description: 'why', update_mask: 'additionalDescription' },
    }),
    answer: {},
  },
  ...[['web'], []].flatMap((bucket_names): readonly HcpStep[] => [
    {
      operation: 'PackerServiceManageEnforcedBlockLinkedBuckets',
      params: ({ block: EnforcedBlockID, blockVersion: EnforcedBlockVersionID }) => ({
        ...{ EnforcedBlockID, EnforcedBlockVersionID, Body: { bucket_names } },
      }),
      answer: {},
    },
    {
      operation: 'PackerServiceGetEnforcedBlockLinkedBuckets',
      params: ({ block: EnforcedBlockID, blockVersion: EnforcedBlockVersionID }) => ({
        ...{ EnforcedBlockID, EnforcedBlockVersionID },
      }),
      answer: {},
    },
    {
      operation: 'PackerServiceGetEnforcedBlocksByBucket',
      params: { BucketName },
      answer: { enforced_block_detail: bucket_names.map(() => ({ name: 'harden' })) },
    },
  ]),
  {
    operation: 'PackerServiceDeleteEnforcedBlockVersion',
    params: ({ block: EnforcedBlockID, blockVersion: EnforcedBlockVersionID }) => ({
      ...{ EnforcedBlockID, EnforcedBlockVersionID },
    }),
    answer: {},
  },
  {
    operation: 'PackerServiceDeleteEnforcedBlock',
    params: ({ block: EnforcedBlockID }) => ({ EnforcedBlockID }),
    answer: {},
  },
]

const ending: readonly HcpStep[] = [
  {
    operation: 'PackerServiceUpdateVersion',
    params: { ...one, Body: { revoke_in: '1d', revocation_message: 'old' } },
    answer: {
      version: {
        ...{ status: 'VERSION_REVOCATION_SCHEDULED', revocation_type: 'MANUAL' },
        ...{ revocation_message: 'old', revocation_author: some },
      },
      operation: { id: some },
    },
    keep: { operation: 'operation' },
  },
  {
    operation: 'PackerServiceDeleteBuild',
    params: ({ build }) => ({ ...one, BuildID: build }),
    answer: {},
  },
  { operation: 'PackerServiceDeleteChannel', params: { BucketName, ChannelName: 'prod' }, answer: {} },
  { operation: 'PackerServiceDeleteVersion', params: one, answer: {} },
  { operation: 'PackerServiceDeleteBucket', params: { BucketName }, answer: {} },
]

/** Every operation of the interface of 2023-01-01, in an order in which each finds what it needs. */
export const hcpSteps2023: readonly HcpStep[] = [
  ...registry,
  ...runTasks,
  ...publishing,
  ...reading,
  ...bills,
  ...channels,
  ...assigning,
  ...blocks,
  ...linking,
  ...ending,
]
