import { descriptionLength, projectNameLength } from './limits.ts'
import { Refusal } from './refusal.ts'
import { checkText } from './text.ts'
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

/** Refuses a name or a description that no project may have. */
export function checkProject({
  name,
  description,
}: {
  readonly name: string
  readonly description: string
}): Refusal | undefined {
  if (name.trim() === '' || /\p{Cc}/u.test(name) || [...name].length > projectNameLength)
    return new Refusal('name.malformed', {
      ...{ field: 'name', value: name, rule: `1 to ${projectNameLength} characters, not all of them blanks` },
    })
  return (
    checkText('name', name, projectNameLength) ?? checkText('description', description, descriptionLength)
  )
}
