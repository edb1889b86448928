import type { BuildRecord } from '../publish/build-record.ts'
import type { VersionOutcome } from '../publish/finish-version.ts'
import type { Rescue } from '../publish/rescue.ts'

/** What became of one source. */
export type BuildOutcome =
  | {
      readonly status: 'published'
      readonly component: string
      readonly record: BuildRecord
      readonly made: Made
    }
  /** The image is there, the registry does not know it yet: see {@link PlanOutcome.rescue}. */
  | {
      readonly status: 'unpublished'
      readonly component: string
      readonly record: BuildRecord
      readonly made: Made
      readonly reason: string
    }
  /** An earlier run with the same fingerprint has made it. */
  | { readonly status: 'already-done'; readonly component: string }
  | { readonly status: 'failed'; readonly component: string; readonly reason: string }
  | { readonly status: 'cancelled'; readonly component: string }

/** What people may want to know of an artifact. */
export interface Made {
  readonly id: string
  readonly description: string
  readonly files: readonly string[]
  /** From the builder's start to its end. */
  readonly milliseconds: number
}

/** How a run ended. `incomplete`: all sources are done, and the version has builds that are not of this plan. */
export type PlanStatus = 'published' | 'incomplete' | 'unpublished' | 'failed' | 'cancelled'

/** How the builds of a plan ended. */
export interface PlanOutcome {
  readonly status: PlanStatus
  readonly bucket: string
  /** Run the same plan with it to make what is missing. */
  readonly fingerprint: string
  readonly runUuid: string
  readonly builds: readonly BuildOutcome[]
  /** Undefined when the registry could not be asked at the end. */
  readonly version: VersionOutcome | undefined
  /** Where images that could not be published are kept. */
  readonly rescue: Rescue | undefined
}

/** The worst that happened, in the order in which people want to hear of it. */
export function statusOf(builds: readonly BuildOutcome[], version: VersionOutcome | undefined): PlanStatus {
  for (const status of ['cancelled', 'unpublished', 'failed'] as const) {
    if (builds.some((build) => build.status === status)) return status
  }
  return version?.complete === false ? 'incomplete' : 'published'
}
