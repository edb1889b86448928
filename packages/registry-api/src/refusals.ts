import type { ErrorEnvelope } from './envelope.ts'
import type { ResolvedArtifact } from './platform/resolve.ts'

/** The HTTP status that goes with each gRPC code, as grpc-gateway maps them. */
const httpStatus = {
  3: 400,
  5: 404,
  6: 409,
  7: 403,
  8: 429,
  9: 400,
  10: 409,
  12: 501,
  13: 500,
  14: 503,
  16: 401,
} as const

type GrpcCode = keyof typeof httpStatus

/** One reason for which the registry does not do what it was asked. */
export interface RefusalKind<Params> {
  /** The gRPC code, which is the `code` of the error body: the only part that packer's logic looks at. */
  readonly grpc: GrpcCode
  readonly http: number
  readonly message: (params: Params) => string
  /** The `details` of the error body; empty but for few kinds. */
  readonly details?: (params: Params) => readonly unknown[]
}

function refuse<Params>(
  grpc: GrpcCode,
  message: (params: Params) => string,
  more: { http?: number; details?: (params: Params) => readonly unknown[] } = {},
): RefusalKind<Params> {
  return {
    grpc,
    http: more.http ?? httpStatus[grpc],
    message,
    ...(more.details && { details: more.details }),
  }
}

const longestShown = 120

/**
 * A text of the caller's as a message may carry it: cut, without control characters, and with no `code:9` in it, which
 * packer would take for the code of the error.
 */
function shown(text: string): string {
  const cut = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
  return cut.replace(/\p{C}/gu, '\uFFFD').replace(/(code"?):(?=\d)/gi, '$1 ')
}

type Bucket = { bucket: string }
type Channel = { channel: string }
type Fingerprint = { fingerprint: string }
type Field = { field: string }
type Limited = Field & { limit: number }
/** Images to choose from; `known` names the first of them. */
type Choice = Bucket & {
  version: string
  known: readonly string[]
  candidates: readonly ResolvedArtifact[]
}

const invalid = 3
const absent = 5
const exists = 6
const denied = 7
const exhausted = 8
const precondition = 9
const aborted = 10

/**
 * Every refusal of the registry: code of ours, code on the wire, and the text that a user of a stock client reads. Texts
 * that the hosted service was seen to send are its own, to the letter; the others name the remedy. No text holds anything
 * like `code:9`, because packer looks for the code in the whole text of an error.
 */
export const refusals = {
  // Who asks
  'token.absent': refuse<Record<never, never>>(
    16,
    () =>
      'The request has no access token. Set HCP_CLIENT_ID and HCP_CLIENT_SECRET, and HCP_AUTH_URL to this registry: "ingot env" prints them.',
  ),
  'token.expired': refuse<Record<never, never>>(
    16,
    () => 'The access token has expired. Run the command again; the client fetches a new one.',
  ),
  'token.foreign': refuse<Record<never, never>>(
    16,
    () =>
      'The access token is none of this registry. Stock clients keep tokens in ~/.config/hcp/creds-cache.json: remove that file, check HCP_AUTH_URL, and run the command again.',
  ),
  'principal.gone': refuse<Record<never, never>>(
    16,
    () =>
      'The service principal of the access token, or its key, was removed. Put the id and secret of another one in HCP_CLIENT_ID and HCP_CLIENT_SECRET.',
  ),
  'token.wrong-client': refuse<Record<never, never>>(
    16,
    () =>
      'The client id or the secret is wrong. Check HCP_CLIENT_ID and HCP_CLIENT_SECRET; where the registry runs, "ingot env" prints them.',
  ),
  'token.malformed': refuse<Record<never, never>>(
    invalid,
    () =>
      'Send grant_type=client_credentials as a form, with client id and secret in a Basic header or in the form; audience is https://api.hashicorp.cloud or absent.',
  ),
  'token.grant': refuse<Record<never, never>>(
    invalid,
    () => 'Tokens are given to service principals only. Set HCP_CLIENT_ID and HCP_CLIENT_SECRET.',
  ),
  'access.denied': refuse<{ principal: string; needs: string; action: string }>(
    denied,
    (p) =>
      `${shown(p.principal)} may not do this: ${shown(p.action)} needs the ${p.needs} role. Ask an administrator of the project for it.`,
  ),
  'organization.absent': refuse<{ organization: string }>(
    absent,
    (p) =>
      `Error: The organization with identifier ${shown(p.organization)} does not exist or is not open to this principal. Check HCP_ORGANIZATION_ID.`,
  ),
  'project.absent': refuse<{ project: string }>(
    absent,
    (p) =>
      `Error: The project with identifier ${shown(p.project)} does not exist or is not open to this principal. Check HCP_ORGANIZATION_ID and HCP_PROJECT_ID.`,
  ),

  'project.exists': refuse<{ project: string }>(
    exists,
    (p) => `Error: A project called ${shown(p.project)} already exists.`,
  ),
  'project.last': refuse<{ project: string }>(
    precondition,
    (p) => `${shown(p.project)} is the only project. Make another one before you delete it.`,
  ),
  'principal.absent': refuse<{ principal: string }>(
    absent,
    (p) => `Error: The service principal with identifier ${shown(p.principal)} does not exist.`,
  ),
  'principal.exists': refuse<{ principal: string }>(
    exists,
    (p) => `Error: A service principal called ${shown(p.principal)} already exists.`,
  ),
  'principal.founder': refuse<{ principal: string }>(
    precondition,
    (p) =>
      `${shown(p.principal)} is the principal of whoever runs this registry, who would be locked out. Delete its keys instead.`,
  ),
  'key.absent': refuse<{ key: string }>(
    absent,
    (p) => `Error: The key with identifier ${shown(p.key)} does not exist.`,
  ),
  'key.too-many': refuse<{ principal: string; limit: number }>(
    precondition,
    (p) => `${shown(p.principal)} has ${p.limit} keys already. Delete one of them first.`,
  ),
  'policy.stale': refuse<Record<never, never>>(
    aborted,
    () => 'The policy was changed since it was read. Read it again, and set it with its new etag.',
  ),
  'policy.role': refuse<{ role: string }>(
    invalid,
    (p) => `There is no role ${shown(p.role)}. Use roles/viewer, roles/contributor or roles/admin.`,
  ),
  'policy.member': refuse<{ principal: string }>(
    invalid,
    (p) => `The organization has no principal with the id ${shown(p.principal)}. Name those of its own.`,
  ),
  'policy.no-admin': refuse<Record<never, never>>(
    precondition,
    () => 'Nobody would be left to manage the organization. Keep a member of roles/admin.',
  ),
  'resource.absent': refuse<{ resource: string }>(
    absent,
    (p) =>
      `Error: The resource ${shown(p.resource)} does not exist. Name a bucket: packer/project/PROJECT/bucket/NAME.`,
  ),

  // What the request looks like
  'request.malformed': refuse<{ problem: string }>(
    invalid,
    (p) => `The request could not be read: ${shown(p.problem)}.`,
  ),
  'request.too-large': refuse<{ limit: number }>(
    invalid,
    (p) => `The request body is larger than ${p.limit} bytes. Send less at once.`,
    { http: 413 },
  ),
  'request.too-many': refuse<{ seconds: number }>(
    exhausted,
    (p) => `Too many requests. Try again in ${p.seconds} s.`,
  ),
  'route.unserved': refuse<{ method: string; path: string }>(
    12,
    (p) => `${shown(p.method)} ${shown(p.path)} is not served by this registry.`,
  ),
  'route.wrong-method': refuse<{ method: string; path: string; allowed: readonly string[] }>(
    12,
    (p) => `${shown(p.method)} is not served at ${shown(p.path)}. Use ${p.allowed.join(' or ')}.`,
    { http: 405 },
  ),
  'route.absent': refuse<{ path: string }>(
    absent,
    (p) =>
      `Nothing is served at ${shown(p.path)}. Set HCP_API_ADDRESS to host and port of this registry, without a path.`,
  ),
  'server.failed': refuse<{ reference: string }>(
    13,
    (p) => `The registry failed. Its log tells more under the reference ${shown(p.reference)}.`,
  ),
  'server.unavailable': refuse<{ problem: string }>(
    14,
    (p) => `The registry cannot do this now: ${shown(p.problem)}`,
  ),

  // Texts and sizes
  'name.malformed': refuse<Field & { value: string; rule: string }>(
    invalid,
    (p) => `${p.field} is ${JSON.stringify(shown(p.value))}. It must be ${p.rule}.`,
  ),
  'text.too-long': refuse<Limited>(
    invalid,
    (p) => `${p.field} is longer than ${p.limit} characters. Shorten it.`,
  ),
  'text.unprintable': refuse<Field>(
    invalid,
    (p) => `${p.field} holds a NUL or half a surrogate pair, which no text may. Remove it.`,
  ),
  'list.too-long': refuse<Limited>(
    invalid,
    (p) => `${p.field} has more than ${p.limit} entries. Send fewer.`,
  ),
  'json.too-large': refuse<Limited>(
    invalid,
    (p) => `${p.field} takes more than ${p.limit} bytes as JSON. Send less.`,
  ),
  'json.too-deep': refuse<Limited>(
    invalid,
    (p) => `${p.field} is nested deeper than ${p.limit} levels. Flatten it.`,
  ),

  // Lists
  'page.size': refuse<{ value: string; limit: number }>(
    invalid,
    (p) =>
      `pagination.page_size is ${JSON.stringify(shown(p.value))}. It must be a whole number; more than ${p.limit} is taken for ${p.limit}.`,
  ),
  'page.token': refuse<Record<never, never>>(
    invalid,
    () => 'The page token does not belong to this list. Start again without a token.',
  ),
  'page.two-tokens': refuse<Record<never, never>>(
    invalid,
    () =>
      'pagination.next_page_token and pagination.previous_page_token exclude each other. Send one of them.',
  ),
  'sort.unknown': refuse<{ value: string; columns: readonly string[] }>(
    invalid,
    (p) =>
      `sorting.order_by is ${JSON.stringify(shown(p.value))}. Sort by ${p.columns.join(', ')}, each with asc or desc after it.`,
  ),

  // Registry
  'registry.absent': refuse<{ project: string }>(
    absent,
    (p) => `Error: The registry of project ${shown(p.project)} does not exist.`,
  ),
  'registry.exists': refuse<{ project: string }>(
    exists,
    (p) => `Error: The registry of project ${shown(p.project)} already exists.`,
  ),
  'run-task.absent': refuse<{ type: string }>(
    absent,
    (p) => `Error: The run task with identifier ${shown(p.type)} does not exist. Use validation.`,
  ),
  'registry.inactive': refuse<{ project: string }>(
    precondition,
    (p) => `The registry of project ${shown(p.project)} is deactivated. Activate it first.`,
  ),
  'operation.absent': refuse<{ operation: string }>(
    absent,
    (p) => `Error: The operation with identifier ${shown(p.operation)} does not exist.`,
  ),

  // Buckets
  'bucket.absent': refuse<Bucket>(
    absent,
    (p) => `Error: The bucket with identifier ${shown(p.bucket)} does not exist.`,
  ),
  'bucket.exists': refuse<Bucket>(
    exists,
    (p) => `Error: The bucket with identifier ${shown(p.bucket)} already exists.`,
  ),

  // Versions. packer makes a version only after the code 10.
  'version.unknown': refuse<Fingerprint>(
    aborted,
    (p) => `Version with fingerprint ${shown(p.fingerprint)} not found`,
  ),
  'version.absent': refuse<Fingerprint>(
    absent,
    (p) => `Error: The version with identifier ${shown(p.fingerprint)} does not exist.`,
  ),
  'version.exists': refuse<Fingerprint>(
    exists,
    (p) => `Error: The version with identifier ${shown(p.fingerprint)} already exists.`,
  ),
  'version.unfinished': refuse<Fingerprint & { pending: readonly string[] }>(precondition, (p) =>
    p.pending.length === 0
      ? `Version ${shown(p.fingerprint)} has no builds and cannot be completed. Publish a build first.`
      : `Version ${shown(p.fingerprint)} cannot be completed while these builds are not done: ${shown(p.pending.join(', '))}. Finish or delete them.`,
  ),
  'version.assigned': refuse<{ channels: readonly string[] }>(
    precondition,
    (p) =>
      `Version is assigned by channels: ${p.channels.join(', ')}. Please, remove the channels assignment before deleting the version.`,
  ),
  'version.revoked-assigned': refuse<{ channels: readonly string[] }>(
    precondition,
    (p) =>
      `Channels point at what would be revoked: ${p.channels.join(', ')}. Send rollback_channels, or assign other iterations to them first.`,
  ),
  'version.unnamed': refuse<Record<never, never>>(
    invalid,
    () => 'No iteration is named. Send one of fingerprint, iteration_id and incremental_version.',
  ),
  'version.names-differ': refuse<Record<never, never>>(
    invalid,
    () => 'fingerprint, iteration_id and incremental_version name different iterations. Send one of them.',
  ),
  'version.revoked-already': refuse<Fingerprint>(
    precondition,
    (p) => `Version ${shown(p.fingerprint)} is revoked already. Restore it before revoking it anew.`,
  ),
  'version.two-times': refuse<Record<never, never>>(
    invalid,
    () => 'revoke_at and revoke_in exclude each other. Send one of them.',
  ),
  'version.restore-and-revoke': refuse<Record<never, never>>(
    invalid,
    () => 'restore and a time of revocation exclude each other. Send one of them.',
  ),
  'version.revoke-in': refuse<{ value: string }>(
    invalid,
    (p) =>
      `revoke_in is ${JSON.stringify(shown(p.value))}. It must be whole numbers with a unit of s, m, h or d, such as 30d or 2h45m.`,
  ),
  'version.revoke-late': refuse<Record<never, never>>(
    invalid,
    () => 'The time of revocation lies more than a hundred years ahead. Choose an earlier one.',
  ),
  'version.valid': refuse<Record<never, never>>(
    precondition,
    () => 'Restoring does not apply. This version is valid and it is not scheduled to be revoked. ',
  ),
  'version.inherited': refuse<Record<never, never>>(
    precondition,
    () =>
      'Directly restoring this version does not apply. The revocation status is inherited from an ancestor version. To restore this version, the revoked ancestor should be restored.',
  ),

  'plan.stale': refuse<Record<never, never>>(
    aborted,
    () =>
      'Something that the plan speaks of has changed since it was made; nothing was revoked. Make a new plan and look at it.',
  ),
  'graph.depth': refuse<{ limit: number }>(
    invalid,
    (p) => `depth must be a whole number from 0 to ${p.limit}.`,
  ),
  // Look-ups
  'artifact.ambiguous': refuse<Choice>(
    precondition,
    (p) =>
      `Several images of ${shown(p.bucket)} ${shown(p.version)} fit: ${shown(p.known.join(', '))}. Say which by platform, region, component or label.`,
    { http: 409, details: (p) => p.candidates },
  ),
  'artifact.absent': refuse<Choice>(
    absent,
    (p) =>
      `No image of ${shown(p.bucket)} ${shown(p.version)} fits. It has ${p.known.length === 0 ? 'none' : shown(p.known.join(', '))}.`,
    { details: (p) => p.candidates },
  ),
  'channel.unassigned': refuse<Channel & Bucket>(
    precondition,
    (p) =>
      `Channel ${shown(p.channel)} of bucket ${shown(p.bucket)} has no version. Assign one to it, or name a version.`,
  ),
  'version.revoked': refuse<Bucket & { version: string; reason: string }>(
    precondition,
    (p) =>
      `Version ${shown(p.version)} of bucket ${shown(p.bucket)} is revoked${p.reason === '' ? '' : ` (${shown(p.reason)})`}. Take another version or channel.`,
  ),

  // Enforced blocks
  'enforced-block.absent': refuse<{ block: string }>(
    absent,
    (p) => `Error: The enforced block with identifier ${shown(p.block)} does not exist.`,
  ),
  'enforced-block.exists': refuse<{ block: string }>(
    exists,
    (p) => `Error: The enforced block with identifier ${shown(p.block)} already exists.`,
  ),
  'enforced-block.version-absent': refuse<{ version: string }>(
    absent,
    (p) => `Error: The enforced block version with identifier ${shown(p.version)} does not exist.`,
  ),
  'enforced-block.version-exists': refuse<{ version: string }>(
    exists,
    (p) => `Error: The enforced block version with identifier ${shown(p.version)} already exists.`,
  ),
  'enforced-block.linked': refuse<{ buckets: readonly string[] }>(
    precondition,
    (p) =>
      `Builds of these buckets must run it: ${shown(p.buckets.join(', '))}. Unlink them before deleting it.`,
  ),
  'enforced-block.empty': refuse<Record<never, never>>(
    invalid,
    () => 'block_content is empty. Send provisioner blocks.',
  ),
  'enforced-block.json': refuse<{ problem: string }>(
    invalid,
    (p) =>
      `block_content is not what packer reads of a block of type JSON, {"provisioners": […]}: ${shown(p.problem)}.`,
  ),
  'mask.absent': refuse<Record<never, never>>(
    invalid,
    () => 'body: (update_mask: field mask: must be set.).',
  ),
  'mask.unknown': refuse<{ path: string; known: readonly string[] }>(
    invalid,
    (p) =>
      `update_mask names ${JSON.stringify(shown(p.path))}. Use ${p.known.join(' or ')}, several joined by a comma.`,
  ),

  // Bills of materials
  'sbom.absent': refuse<{ sbom: string }>(
    absent,
    (p) => `Error: The sbom with identifier ${shown(p.sbom)} does not exist.`,
  ),
  'sbom.build-not-running': refuse<Record<never, never>>(
    invalid,
    () => "This build's status isn't Running, so sboms can not be uploaded",
  ),
  'sbom.empty': refuse<Record<never, never>>(invalid, () => 'sbom contains no packages'),
  'sbom.unreadable': refuse<{ problem: string }>(
    invalid,
    (p) => `The bill of materials cannot be read: ${shown(p.problem)}.`,
  ),
  'sbom.too-large': refuse<{ limit: number }>(
    invalid,
    (p) => `The bill of materials takes more than ${p.limit} bytes when it is unpacked. Send less.`,
  ),
  'sbom.download': refuse<Record<never, never>>(
    denied,
    () => 'The address of this download is not good, or no longer. Ask for the bill of materials again.',
  ),

  'sbom.none': refuse<{ version: string }>(
    absent,
    (p) =>
      `Version ${shown(p.version)} has no bill of materials, so that nothing can be compared. Attach one: ingot sbom upload FILE`,
  ),

  // Advisories
  'advisory.none': refuse<Bucket>(
    absent,
    (p) =>
      `The packages of bucket ${shown(p.bucket)} are not assessed: no advisories were imported. Import an OSV export: ingot advisories import FILE`,
  ),
  'advisory.absent': refuse<{ advisory: string }>(
    absent,
    (p) =>
      `There is no advisory ${shown(p.advisory)} here. Import an OSV export: ingot advisories import FILE`,
  ),
  'advisory.unreadable': refuse<{ place: number; problem: string }>(
    invalid,
    (p) => `advisories[${p.place}] cannot be read, and none of them were taken: ${shown(p.problem)}.`,
  ),

  // Builds
  'build.absent': refuse<{ build: string }>(
    absent,
    (p) => `The build with identifier ${shown(p.build)} does not exist.`,
  ),
  'build.exists': refuse<{ component: string }>(
    exists,
    (p) => `Error: The build with component type ${shown(p.component)} already exists in this version.`,
  ),
  'build.version-complete': refuse<Record<never, never>>(
    precondition,
    () =>
      'This version is complete. If you wish to add a new build a new version must be created by changing the build fingerprint.',
  ),
  'build.done': refuse<{ component: string }>(
    precondition,
    (p) =>
      `Build ${shown(p.component)} is done and cannot be changed any more. Start a new version with another fingerprint.`,
  ),
  'build.empty': refuse<{ component: string }>(
    precondition,
    (p) => `Build ${shown(p.component)} cannot be done without artifacts. Send them with the status.`,
  ),
  'build.source-alone': refuse<Record<never, never>>(
    invalid,
    () =>
      'source_external_identifier needs parent_version_id when a build is created. Send both, or neither.',
  ),
  'build.platform-set': refuse<Record<never, never>>(
    exists,
    () => "You cannot override a build's Platform if it has already been set.",
  ),
  'build.parent-version-set': refuse<Record<never, never>>(
    exists,
    () => "You cannot override a build's Parent Version ID if it has already been set.",
  ),
  'build.parent-channel-set': refuse<Record<never, never>>(
    exists,
    () => "You cannot override a build's Parent Channel ID if it has already been set.",
  ),

  // Channels
  'channel.absent': refuse<Channel>(
    absent,
    (p) => `Error: The channel with identifier ${shown(p.channel)} does not exist.`,
  ),
  'channel.exists': refuse<Channel>(
    exists,
    (p) => `Error: The channel with identifier ${shown(p.channel)} already exists.`,
  ),
  'channel.restricted': refuse<Channel & Bucket>(
    denied,
    (p) =>
      `The channel ${shown(p.channel)} is restricted. Ask for the contributor role on bucket ${shown(p.bucket)}.`,
  ),
  'channel.version-absent': refuse<Fingerprint>(
    absent,
    (p) => `version with fingerprint (fingerprint: ${shown(p.fingerprint)}) does not exist`,
  ),
  'channel.version-incomplete': refuse<Channel & Fingerprint>(
    precondition,
    (p) =>
      `version with fingerprint (fingerprint: ${shown(p.fingerprint)}) is incomplete. Assign it to channel ${shown(p.channel)} when all its builds are done.`,
  ),
  'channel.version-revoked': refuse<Channel & Fingerprint>(
    precondition,
    (p) =>
      `version with fingerprint (fingerprint: ${shown(p.fingerprint)}) is revoked. Restore it, or assign another version to channel ${shown(p.channel)}.`,
  ),
  'channel.empty': refuse<Channel>(
    precondition,
    (p) => `Channel ${shown(p.channel)} has no version to copy. Assign one to it first.`,
  ),
  'channel.no-such-build': refuse<Channel>(
    absent,
    (p) =>
      `No build on channel ${shown(p.channel)} has an artifact with these labels, platform and region. Ask for fewer of them.`,
  ),
  'channel.mask-absent': refuse<Record<never, never>>(
    invalid,
    () => 'body: (update_mask: field mask: must be set.).',
    {
      details: () => [
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          field_violations: [
            {
              field: 'body.update_mask',
              description: 'field mask: must be set',
              reason: '',
              localized_message: null,
            },
          ],
        },
      ],
    },
  ),
  'channel.mask-unknown': refuse<Field & { path: string; known: readonly string[] }>(
    invalid,
    (p) =>
      `${p.field} names ${JSON.stringify(shown(p.path))}, which no channel has. Use ${p.known.join(', ')}, joined by commas.`,
  ),
  'channel.managed-assigned': refuse<Record<never, never>>(
    precondition,
    () => `Can't update channel assignment on channel "latest". This channel is managed by HCP Packer`,
  ),
  'channel.managed-deleted': refuse<Record<never, never>>(
    invalid,
    () => "Can't delete managed channel latest, it's controlled by HCP Packer",
  ),
  'channel.managed-target': refuse<Record<never, never>>(
    precondition,
    () => "Cannot assign to managed channel 'latest'",
  ),
} as const

/** The name of a refusal, for example `bucket.absent`. */
export type RefusalCode = keyof typeof refusals

/** What the message of a refusal speaks of. */
export type RefusalParams<Code extends RefusalCode> = Parameters<(typeof refusals)[Code]['message']>[0]

/** A refusal as it goes over the wire: its HTTP status and its body. */
export function answerTo<Code extends RefusalCode>(
  code: Code,
  params: RefusalParams<Code>,
): { readonly status: number; readonly body: ErrorEnvelope } {
  const kind = refusals[code] as RefusalKind<RefusalParams<Code>>
  const { grpc, http, message, details } = kind
  return { status: http, body: { code: grpc, message: message(params), details: details?.(params) ?? [] } }
}
