import type { Ask } from '../domain/access.ts'
import type { AuditEvent } from '../domain/audit-event.ts'
import type { Caller, Role } from '../domain/caller.ts'
import { registryAuthor } from '../domain/channel.ts'
import type { Instant } from '../domain/time.ts'

/** Where an object is: its organization, its project, and its names from the outside in. */
export interface Address {
  readonly organizationId: string
  readonly projectId?: string
  readonly bucket?: string
  readonly fingerprint?: string
  readonly buildId?: string
  readonly component?: string
  readonly channel?: string
  /** An enforced block. */
  readonly block?: string
  /** The name of a project that is itself what is meant. */
  readonly project?: string
  readonly principal?: string
  /** A client id. */
  readonly key?: string
  /** What the policy is that of: `organization`, `project` or `bucket`. */
  readonly policy?: string
}

/** What is asked, by whom, and of what. */
export interface Request extends Ask {
  readonly caller: Caller
  /** For example `bucket.create`. */
  readonly action: string
  readonly at: Address
  /** The role that is needed: viewer to read and contributor to change, unless another is named. */
  readonly needs?: Role
}

/** What an object was, and what it became. */
export interface Change {
  readonly before?: unknown
  readonly after?: unknown
}

/** An event about which nothing is known. */
export const nobody = {
  organizationId: null,
  projectId: null,
  principalId: null,
  principalName: null,
  address: null,
  sourceChannel: null,
  outcome: 'done',
  message: null,
  before: null,
  after: null,
} as const

/** The event of a request, as it is when nothing stands in its way. */
export function eventOf({ caller, action, at }: Request, now: Instant): AuditEvent {
  const { principalId, principalName, address, sourceChannel } = caller
  return {
    ...nobody,
    ...{ at: now, action, principalId, principalName },
    object: objectOf(at),
    organizationId: clip(at.organizationId),
    projectId: at.projectId === undefined ? null : clip(at.projectId),
    address: address === undefined ? null : clip(address),
    sourceChannel: sourceChannel === undefined ? null : clip(sourceChannel),
  }
}

/** The event of something that the registry did by itself, because its time had come. */
export function eventOfRegistry(
  { action, at, change }: Omit<Request, 'caller'> & { readonly change: Change },
  now: Instant,
): AuditEvent {
  const { organizationId, projectId = null } = at
  const place = { organizationId, projectId, object: objectOf(at) }
  return { ...nobody, at: now, action, principalName: registryAuthor, ...place, ...asJson(change) }
}

/** An object by its address, for example `bucket/base-ubuntu/channel/production`. */
function objectOf({ fingerprint: version, buildId: build, ...at }: Address): string {
  const { bucket, component, channel, block, project, principal, key, policy } = at
  const inRegistry = { bucket, version, build, component, channel, block }
  const parts = Object.entries({ project, ...inRegistry, principal, key, policy })
  const named = parts.flatMap(([kind, name]) => (name === undefined ? [] : `${kind}/${clip(name)}`))
  return named.join('/') || 'registry'
}

const longestNoted = 255

/** A text of the caller's as a row may hold it. */
export function clip(text: string): string {
  const cut = text.length > longestNoted ? text.slice(0, longestNoted) : text
  return cut.includes('\0') ? cut.replaceAll('\0', '\uFFFD').toWellFormed() : cut.toWellFormed()
}

/** Notes on an object as its event keeps them. */
export function asJson({ before, after }: Change): Pick<AuditEvent, 'before' | 'after'> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  return { before: json(before), after: json(after) }
}
