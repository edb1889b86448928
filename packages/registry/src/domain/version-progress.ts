import type { Build } from './build.ts'
import { heartbeatSilence, patience } from './stalled.ts'
import type { Instant } from './time.ts'

/** packer says every two minutes that a build runs; after twice that and a little more it is silent. Milliseconds. */
export const silentAfter = 5 * 60_000

/** How far a build is that a version has, or should have. */
export type BuildState = 'done' | 'running' | 'silent' | 'waiting' | 'failed' | 'cancelled' | 'missing'

/** A build, and how far it is. */
export interface BuildProgress {
  readonly componentType: string
  readonly state: BuildState
  /** Empty when it is missing. */
  readonly buildId: string
  /** When it last said that it runs, or anything. */
  readonly lastHeardAt: Instant | null
  /** When it counts as cancelled unless it says something; of a running build only. */
  readonly givenUpAt: Instant | null
}

/** What completes a version. */
export interface NextStep {
  readonly step: 'nothing' | 'wait' | 'resume'
  /** The components that must be built again under the same fingerprint. */
  readonly components: readonly string[]
}

type Progressing = Pick<
  Build,
  'id' | 'componentType' | 'status' | 'heartbeatAt' | 'updatedAt' | 'sourceChannel'
>

/** The builds of a version and those that another one leads to expect, the registered ones first. */
export function progressOf(
  builds: readonly Progressing[],
  expected: readonly string[],
  now: Instant,
): BuildProgress[] {
  const has = new Set(builds.map(({ componentType }) => componentType))
  const missing = expected.filter((componentType) => !has.has(componentType))
  return [
    ...builds.map((build) => progress(build, now)),
    ...missing.map((componentType) => ({
      ...{ componentType, state: 'missing' as const, buildId: '', lastHeardAt: null, givenUpAt: null },
    })),
  ]
}

function progress(build: Progressing, now: Instant): BuildProgress {
  const { id: buildId, componentType, status, heartbeatAt, updatedAt, sourceChannel } = build
  const running = status === 'running'
  const lastHeardAt = running ? (heartbeatAt ?? updatedAt) : updatedAt
  const wait = patience(sourceChannel)
  const silent = running && wait === heartbeatSilence && now - lastHeardAt > silentAfter
  const state = silent ? 'silent' : status === 'unset' ? 'waiting' : status
  return { componentType, state, buildId, lastHeardAt, givenUpAt: running ? lastHeardAt + wait : null }
}

/**
 * What completes a version that is not. While a build runs, those that wait may wait for their turn; what failed, fell silent or
 * never came must be built again afterwards. Missing builds do not hold the version up, but belong to it.
 */
export function nextStep(complete: boolean, builds: readonly BuildProgress[]): NextStep {
  if (complete) return { step: 'nothing', components: [] }
  const runs = builds.some(({ state }) => state === 'running')
  const well: readonly BuildState[] = runs ? ['done', 'running', 'waiting'] : ['done']
  const components = builds.filter(({ state }) => !well.includes(state)).map((build) => build.componentType)
  return { step: runs ? 'wait' : 'resume', components }
}
