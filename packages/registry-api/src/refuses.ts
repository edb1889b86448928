import { needsOf } from './needs.ts'
import type { Operation } from './operation.ts'
import { type RefusalCode, refusals } from './refusals.ts'

type AnyOperation = Operation<string, unknown, unknown, unknown>
type Codes = readonly RefusalCode[]

/** What any call may come to. */
const always: Codes = ['request.malformed', 'text.unprintable', 'server.failed', 'server.unavailable']
const withToken: Codes = ['token.absent', 'token.expired', 'token.foreign', 'principal.gone', 'access.denied']
const withBody: Codes = ['request.too-large', 'text.too-long', 'list.too-long', 'name.malformed']
const ofProject: Codes = ['project.absent', 'registry.absent', 'registry.inactive']

/** What is refused for what a path, a query or a body names, by the parameter's name. */
const byParameter: Readonly<Record<string, Codes>> = {
  organization_id: ofProject,
  project_id: ofProject,
  id: ['organization.absent', 'project.absent', 'operation.absent'],
  bucket_name: ['bucket.absent'],
  bucket_slug: ['bucket.absent'],
  bucket_id: ['bucket.absent'],
  bucket_names: ['bucket.absent'],
  fingerprint: all('version'),
  version_fingerprint: all('version'),
  iteration_id: all('version'),
  incremental_version: all('version'),
  version: all('version'),
  build_id: ['build.absent'],
  channel_name: ['channel.absent', 'channel.restricted'],
  channel: ['channel.absent', 'channel.restricted', 'channel.unassigned'],
  slug: ['channel.absent', 'channel.restricted'],
  source_channel: ['channel.absent', 'channel.restricted', 'channel.empty'],
  target_channel: ['channel.absent', 'channel.restricted', 'channel.managed-target'],
  channel_slug: ['channel.absent', 'channel.restricted'],
  sbom_name: ['sbom.absent'],
  enforced_block_id: ['enforced-block.absent'],
  enforced_block_version_id: ['enforced-block.version-absent'],
  task_type: ['run-task.absent'],
  operation_id: ['operation.absent'],
  update_mask: ['mask.absent', 'mask.unknown'],
  'pagination.page_size': ['page.size', 'page.token', 'page.two-tokens'],
  'sorting.order_by': ['sort.unknown', 'list.too-long'],
}

/** What is refused for what an operation does, by a part of its name. */
const byName: readonly (readonly [RegExp, Codes])[] = [
  [/CreateBucket$/, ['bucket.exists']],
  [/CreateRegistry$/, ['registry.exists']],
  [/Create(Version|Iteration)$/, ['version.exists', 'registry.absent']],
  [/(Update|Delete)(Version|Iteration)$|Revo(ke|cation)/, [...all('version'), 'plan.stale']],
  [/(Create|Update|Delete)Build$/, [...all('build'), ...all('version'), 'json.too-large', 'json.too-deep']],
  [/(Create|Update|Delete|Assign)Channel|ListChannelHistory|GetImageByBuildLabels/, all('channel')],
  [/EnforcedBlock/, all('enforced-block')],
  [/RunTask|Hmac/, ['run-task.absent']],
  [/Sbom|Package|Vulnerabilit/, [...all('sbom'), ...all('advisory'), 'channel.unassigned']],
  [/Advisor/, all('advisory')],
  [/ComparePackages/, all('version')],
  [/Graph/, ['graph.depth']],
  [/ResolveArtifact/, [...all('artifact'), 'channel.unassigned', 'version.revoked']],
  [/Token/, ['token.wrong-client', 'token.malformed', 'token.grant', 'request.too-many']],
  [
    /Iam|ServicePrincipal|Principals|Project|Caller|Organization/,
    [
      ...all('policy'),
      ...all('principal'),
      ...all('key'),
      ...all('project'),
      ...(['resource.absent', 'organization.absent', 'bucket.absent'] as const),
    ],
  ],
]

/** All that an operation may be refused for: what its answers with another status than 200 say. */
export function refusesOf(operation: AnyOperation): Codes {
  const { id, path, query, body } = operation
  const names = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => name!),
    ...Object.keys(query?.properties ?? {}),
    ...Object.keys(body?.properties ?? {}),
  ]
  const codes = [
    ...always,
    ...(needsOf(operation) === 'nothing' ? [] : withToken),
    ...(body || query ? withBody : []),
    ...names.flatMap((name) => byParameter[name] ?? []),
    ...byName.flatMap(([pattern, more]) => (pattern.test(id) ? more : [])),
  ]
  return [...new Set(codes)].sort()
}

/** All refusals about a noun. */
function all(noun: string): Codes {
  return (Object.keys(refusals) as RefusalCode[]).filter((code) => code.startsWith(`${noun}.`))
}
