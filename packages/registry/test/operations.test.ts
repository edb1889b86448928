import { zstdCompressSync } from 'node:zlib'
import {
  check,
  everyOperation,
  iam,
  longOperations,
  type Operation,
  oauth2,
  packer,
  packer2021,
  packer2022,
  platform,
  resourceManager,
} from '@ingot/registry-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publish, runUuid } from './publish.ts'
import { RegistryUnderTest } from './registry-under-test.ts'
import { withUnknownFields } from './unknown-fields.ts'

let registry: RegistryUnderTest
const ids: Record<string, string> = {}

beforeAll(async () => {
  registry = await RegistryUnderTest.start()
  await publish(registry, { bucket: 'web', fingerprint: 'fp-1', sources: ['a.one', 'b.two'] })
  await publish(registry, { bucket: 'web', fingerprint: 'fp-2', sources: ['a.one'] })
  const { organizationId, projectId } = registry.access
  Object.assign(ids, { organization_id: organizationId, project_id: projectId, bucket_name: 'web' })
  Object.assign(ids, { fingerprint: 'fp-1', channel_name: 'stable' })
  Object.assign(ids, { parent_type: 'project', parent_id: projectId, name: 'robot' })
})
afterAll(() => registry[Symbol.asyncDispose]())

type AnyOperation = Operation<string, unknown, unknown, unknown>
interface Step {
  readonly operation: AnyOperation
  readonly at?: Readonly<Record<string, string>>
  /** As a function where it tells of what was made by then. */
  readonly body?: unknown
  readonly query?: string | (() => string)
}

/** The policy of the organization, as it was read. */
let policy: unknown
const resource = () => `packer/project/${ids['project_id']}/bucket/web`

const iamSteps: readonly Step[] = [
  { operation: resourceManager.createProject, body: { name: 'second', description: 'ours' } },
  { operation: resourceManager.setProjectName, at: { id: 'second' }, body: { name: 'other' } },
  { operation: resourceManager.setProjectDescription, at: { id: 'second' }, body: { description: '' } },
  { operation: resourceManager.getProjectIamPolicy, at: { id: 'second' } },
  { operation: resourceManager.setProjectIamPolicy, at: { id: 'second' }, body: { policy: {} } },
  { operation: resourceManager.getOrganizationIamPolicy, at: { id: 'organization_id' } },
  {
    operation: resourceManager.setOrganizationIamPolicy,
    at: { id: 'organization_id' },
    body: () => ({ policy }),
  },
  { operation: resourceManager.getResourceIamPolicy, query: () => `?resource_name=${resource()}` },
  {
    operation: resourceManager.setResourceIamPolicy,
    body: () => ({ resource_name: resource(), policy: { bindings: null } }),
  },
  { operation: iam.createServicePrincipal, body: { name: 'robot' } },
  { operation: iam.listServicePrincipals },
  { operation: iam.createServicePrincipalKey },
  { operation: iam.getServicePrincipal },
  { operation: iam.batchGetPrincipals, query: '?principal_ids=x' },
  { operation: iam.getCallerIdentity },
  { operation: iam.deleteServicePrincipalKey },
  { operation: iam.deleteServicePrincipal },
  { operation: resourceManager.deleteProject, at: { id: 'second' } },
]

const block = { version: 'v1.0.0', template_type: 'HCL2', block_content: 'provisioner "shell-local" {}' }

const bill = zstdCompressSync(
  JSON.stringify({
    ...{ bomFormat: 'CycloneDX', specVersion: '1.6' },
    components: [{ type: 'library', name: 'bash', version: '5.2' }],
  }),
).toString('base64')

const advisory = {
  ...{ id: 'CVE-2024-1', modified: '2024-01-01T00:00:00Z', database_specific: { severity: 'HIGH' } },
  affected: [
    {
      package: { ecosystem: 'Debian:12', name: 'bash' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
    },
  ],
}

/** One call of every operation that is served, in an order in which each finds what it needs. */
const steps: readonly Step[] = [
  { operation: platform.getHealth },
  { operation: platform.getOpenApi },
  { operation: resourceManager.listOrganizations },
  { operation: resourceManager.getOrganization, at: { id: 'organization_id' } },
  { operation: resourceManager.listProjects, query: '?scope.type=ORGANIZATION' },
  { operation: resourceManager.getProject, at: { id: 'project_id' } },
  { operation: packer.getRegistry },
  { operation: packer.getEnforcedBlocksByBucket },
  { operation: packer.updateRegistry, body: { activated: true, update_mask: 'activated' } },
  { operation: packer.getRegistryTFCRunTaskAPI, at: { task_type: 'validation' } },
  { operation: packer.regenerateTFCRunTaskHmacKey, body: {} },
  { operation: packer.getRunTaskConfig },
  { operation: packer.updateRunTaskConfig, body: { on_untracked_image: 'WARN' } },
  { operation: packer.createEnforcedBlock, body: { name: 'harden', labels: null, ...block } },
  { operation: packer.listEnforcedBlocks, query: '?pagination.page_size=1' },
  { operation: packer.getEnforcedBlock },
  {
    operation: packer.updateEnforcedBlock,
    body: { labels: { a: 'b' }, update_mask: 'labels' },
  },
  { operation: packer.createEnforcedBlockVersion, body: { ...block, version: 'v2.0.0' } },
  { operation: packer.getEnforcedBlockVersions },
  {
    operation: packer.updateEnforcedBlockVersion,
    body: { additional_description: 'why', update_mask: 'additionalDescription' },
  },
  { operation: packer.manageEnforcedBlockLinkedBuckets, body: { bucket_names: ['web'] } },
  { operation: packer.getEnforcedBlockLinkedBuckets },
  { operation: packer.getEnforcedBlocksByBucket },
  { operation: packer.manageEnforcedBlockLinkedBuckets, body: { bucket_names: null } },
  { operation: packer.deleteEnforcedBlockVersion },
  { operation: packer.deleteEnforcedBlock },
  { operation: packer.createBucket, body: { name: 'Other-1', description: '', labels: null } },
  { operation: packer.getBucket },
  { operation: packer.listBuckets, query: '?sorting.order_by=name&pagination.page_size=1' },
  { operation: packer.updateBucket, body: { labels: { a: 'b' }, platforms: null } },
  { operation: packer.createVersion, body: { fingerprint: 'fp-3' } },
  { operation: packer.getVersion },
  { operation: packer.listVersions, query: '?sorting.order_by=created_at%20desc' },
  {
    operation: packer.createBuild,
    at: { fingerprint: 'fp-3' },
    body: { component_type: 'a.one', packer_run_uuid: runUuid, status: 'BUILD_UNSET', artifacts: null },
  },
  { operation: packer.listBuilds, at: { fingerprint: 'fp-3' } },
  { operation: packer.getBuild, at: { fingerprint: 'fp-3' } },
  {
    operation: packer.updateBuild,
    at: { fingerprint: 'fp-3' },
    body: { status: 'BUILD_RUNNING', artifacts: null },
  },
  {
    operation: packer.uploadSbom,
    at: { fingerprint: 'fp-3' },
    body: { compressed_sbom: bill, format: 'CYCLONEDX', name: 'os-packages' },
  },
  {
    operation: platform.attachSbom,
    at: { fingerprint: 'fp-3' },
    body: { compressed_sbom: bill, format: 'CYCLONEDX' },
  },
  { operation: packer.listSboms, at: { fingerprint: 'fp-3' } },
  { operation: packer.getSbom, at: { fingerprint: 'fp-3', sbom_name: 'os-packages' } },
  { operation: packer.listBuildPackages, at: { fingerprint: 'fp-3' }, query: '?package_name=bash' },
  { operation: packer.listBucketPackages, query: '?package_name_starts_with=b&sorting.order_by=version' },
  { operation: platform.describeSboms, at: { fingerprint: 'fp-3' } },
  { operation: platform.searchPackages, query: '?name=bash&range=%3C6' },
  { operation: platform.comparePackages, query: '?from=fp-3&to=fp-3' },
  { operation: platform.getAdvisoryStatus },
  { operation: platform.importAdvisories, body: { advisories: [advisory] } },
  { operation: platform.listAdvisories, query: '?package_name=bash&pagination.page_size=1' },
  { operation: platform.getAdvisory, at: { advisory_id: 'CVE-2024-1' } },
  { operation: packer.listBucketPackagesVulnerabilitySummary },
  {
    operation: packer.listBucketPackagesWithVulnerabilities,
    query: '?criticality=High&criticality=Low&package_name=bash&sorting.order_by=name%20desc',
  },
  { operation: packer.listBucketVulnerabilities, query: '?identifier_starts_with=CVE&criticality=High' },
  { operation: packer.createChannel, body: { name: 'stable', version_fingerprint: 'fp-1' } },
  { operation: packer.getChannel },
  { operation: packer.listChannels },
  {
    operation: packer.updateChannel,
    body: { update_mask: 'versionFingerprint', version_fingerprint: 'fp-2' },
  },
  { operation: packer.createChannel, body: { name: 'next', restricted: true } },
  { operation: packer.assignChannelVersion, body: { source_channel: 'stable', target_channel: 'next' } },
  { operation: packer.listChannelAssignmentHistory, query: '?pagination.page_size=1' },
  { operation: packer.listBucketAncestry, query: '?type=ANCESTRY_TYPE_PARENTS' },
  {
    operation: packer.searchExternalArtifact,
    query: '?pagination.page_size=1',
    body: { external_identifier: 'ami-1', platform: 'aws' },
  },
  { operation: platform.getGraph, query: '?direction=both&depth=3' },
  {
    operation: platform.resolveArtifact,
    query: '?version=v1&component=a.one&region=us-east-1&label=commit%3Dabc123',
  },
  { operation: platform.listConsumers, query: '?version=fp-1' },
  { operation: platform.listStale, query: '?days=1&behind=1' },
  { operation: platform.explainVersion, at: { fingerprint: 'fp-3' } },
  { operation: platform.planRevocation, body: { revoke_in: '1d' } },
  { operation: platform.revokeVersion, at: { fingerprint: 'fp-2' }, body: { revocation_message: 'old' } },
  { operation: packer.updateVersion, body: { revoke_at: '0001-01-01T00:00:00.000Z', revoke_in: '0s' } },
  { operation: longOperations.getLongOperation, at: { id: 'operation_id' } },
  { operation: longOperations.waitLongOperation, at: { id: 'operation_id' }, query: '?timeout=5s' },
  ...iamSteps,
  { operation: packer.deleteBuild, at: { fingerprint: 'fp-3' } },
  { operation: packer.deleteChannel },
  { operation: packer.deleteVersion, query: '?rollback_channels=false' },
  { operation: packer.deleteBucket, at: { bucket_name: 'Other-1' } },
  { operation: packer.deleteRegistry },
  { operation: packer.createRegistry, body: { feature_tier: 'PLUS' } },
]

function pathOf({ operation, at = {}, query = '' }: Step): string {
  const value = (name: string) => ids[at[name] ?? ''] ?? at[name] ?? ids[name] ?? 'x'
  const search = typeof query === 'function' ? query() : query
  return operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(value(name))) + search
}

test('every operation that is served answers what its schema says, whatever else its body holds', async () => {
  for (const step of steps) {
    const { operation } = step
    const asked = typeof step.body === 'function' ? step.body() : step.body
    const body = withUnknownFields(operation.body, asked)
    const { status, headers, json } = await registry.send(operation.method, pathOf(step), { body })
    expect({ id: operation.id, status, fault: check(operation.reply, json) }).toEqual({
      id: operation.id,
      status: 200,
      fault: undefined,
    })
    expect(headers['content-type']).toBe('application/json')
    if (operation === packer.createEnforcedBlock) ids['enforced_block_id'] = json.enforced_block.id
    if (operation === packer.createEnforcedBlockVersion)
      ids['enforced_block_version_id'] = json.enforced_block_version.id
    if (operation === packer.createBuild) ids['build_id'] = json.build.id
    if (operation === resourceManager.createProject) ids['second'] = json.project.id
    if (operation === resourceManager.getOrganizationIamPolicy) policy = json.policy
    if (operation === iam.createServicePrincipalKey) ids['client_id'] = json.key.client_id
    if (operation === packer.updateVersion) ids['operation_id'] = json.operation.id
  }
})

test('every operation of the plane is served', () => {
  const served = new Set(steps.map(({ operation }) => operation.id))
  const plane = (Object.values(packer) as AnyOperation[]).map(({ id }) => id)
  expect(plane.filter((id) => !served.has(id))).toEqual([])
  expect(plane).toHaveLength(52)
})

test('no operation is left out but those of the older interfaces, of tokens and of downloads', () => {
  const elsewhere = [packer2021, packer2022, oauth2].flatMap((plane) => Object.values<AnyOperation>(plane))
  const walked = new Set([...steps.map(({ operation }) => operation), ...elsewhere, platform.downloadSbom])
  expect(everyOperation.filter((each) => !walked.has(each)).map(({ id }) => id)).toEqual([])
})
