import type { Caller } from './caller.ts'
import { Refusal } from './refusal.ts'
import type { Instant } from './time.ts'

export interface Organization {
  /** A UUID. */
  readonly id: string
  readonly name: string
  readonly createdAt: Instant
}

export interface Project {
  /** A UUID. */
  readonly id: string
  readonly organizationId: string
  readonly name: string
  readonly description: string
  readonly createdAt: Instant
}

export type Tier = 'unset' | 'standard' | 'plus'

/** What a run task makes of an image that the registry does not know. */
export type OnUntracked = 'unset' | 'warn' | 'fail'

/** The registry of a project: one each, made with it. */
export interface ProjectRegistry {
  readonly id: string
  readonly projectId: string
  readonly activated: boolean
  readonly tier: Tier
  /** Counts the keys of its run tasks from 1. */
  readonly hmacGeneration: number
  readonly onUntracked: OnUntracked
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** Something that clients may wait for. Ours are done when they are told of. */
export interface Operation {
  readonly id: string
  readonly projectId: string
  readonly createdAt: Instant
}

/**
 * Hides what is not the caller's: another organization, or another project than the only one open to it. What belongs to no
 * project is not looked at here.
 */
export function mayEnter(
  caller: Caller,
  { organizationId, projectId }: { readonly organizationId: string; readonly projectId?: string },
): Refusal | undefined {
  if (projectId === undefined) return undefined
  const own = caller.organizationId === organizationId
  const open = caller.projectId === undefined || caller.projectId === projectId
  return own && open ? undefined : new Refusal('project.absent', { project: projectId })
}
