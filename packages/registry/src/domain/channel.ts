import { includes, type Role } from './caller.ts'
import { Refusal } from './refusal.ts'
import type { Instant } from './time.ts'
import { isRevoked, type VersionStanding } from './version.ts'
import type { VersionWords } from './version-words.ts'

/** The channel that every bucket has: it points at the newest complete version that is not revoked. */
export const latest = 'latest'

/** The author of what happens by itself, as the hosted service names it. */
export const registryAuthor = 'HCP Packer'

/** A named pointer to a version of its bucket. */
export interface Channel {
  readonly id: string
  readonly bucketId: string
  readonly name: string
  /** Who changed it last. */
  readonly author: string
  /** Whether the registry itself assigns it. */
  readonly managed: boolean
  /** Whether only principals that may write see it. */
  readonly restricted: boolean
  readonly versionId: string | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** A row of a channel's history; no version when the channel was emptied. */
export interface Assignment {
  readonly channelId: string
  /** Counts the rows of the channel from 1. */
  readonly sequence: number
  readonly versionId: string | null
  readonly author: string
  readonly assignedAt: Instant
}

/** What a client wants of a channel; an absent part stays as it is. */
export interface ChannelWish {
  /** The version to assign; words that name none empty the channel. */
  readonly version?: VersionWords
  readonly restricted?: boolean
}

/** Whether one who has a role on the bucket may know of a channel in lists. */
export function sees(role: Role | undefined, channel: { readonly restricted: boolean }): boolean {
  return !channel.restricted || includes(role, 'contributor')
}

/** Refuses a caller whose role on the bucket is too small for the channel. */
export function maySee(
  role: Role | undefined,
  channel: { readonly name: string; readonly restricted: boolean },
  bucket: string,
): Refusal | undefined {
  return sees(role, channel)
    ? undefined
    : new Refusal('channel.restricted', { channel: channel.name, bucket })
}

/** Refuses to point a channel at a version that is incomplete or revoked; a scheduled revocation is no obstacle. */
export function mayAssign(channel: string, version: VersionStanding, now: Instant): Refusal | undefined {
  const { fingerprint } = version
  if (isRevoked(version, now)) return new Refusal('channel.version-revoked', { channel, fingerprint })
  return version.number === 0
    ? new Refusal('channel.version-incomplete', { channel, fingerprint })
    : undefined
}

/** Refuses to assign the managed channel by hand; its restriction may be changed. */
export function mayChange(channel: Channel, wish: ChannelWish): Refusal | undefined {
  return channel.managed && wish.version !== undefined
    ? new Refusal('channel.managed-assigned', {})
    : undefined
}

/** Refuses to delete the managed channel. */
export function mayDelete(channel: Channel): Refusal | undefined {
  return channel.managed ? new Refusal('channel.managed-deleted', {}) : undefined
}

/** Refuses to delete a version that channels of users point at; the managed one is no obstacle. */
export function mayUnassign(channels: readonly Channel[]): Refusal | undefined {
  const names = usersOf(channels)
  return names.length > 0 ? new Refusal('version.assigned', { channels: names }) : undefined
}

/** Refuses to revoke at once what channels of users point at, for clients that did not say to move them. */
export function mayTakeAway(channels: readonly Channel[]): Refusal | undefined {
  const names = usersOf(channels)
  return names.length > 0 ? new Refusal('version.revoked-assigned', { channels: names }) : undefined
}

/** The names of those channels that users assign. */
function usersOf(channels: readonly Channel[]): string[] {
  return channels.flatMap(({ managed, name }) => (managed ? [] : name)).sort()
}
