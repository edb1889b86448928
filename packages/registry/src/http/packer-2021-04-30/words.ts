import type { Models2021 } from '@ingot/registry-api'
import type { BuildStatus } from '../../domain/build.ts'
import type { VersionStatus } from '../../domain/version.ts'

/** The words of this plane for those of the registry; where both planes have the same, they are the newer one's. */
export const buildStatusWord: Readonly<Record<BuildStatus, Models2021.Build['status']>> = {
  unset: 'UNSET',
  running: 'RUNNING',
  done: 'DONE',
  cancelled: 'CANCELLED',
  failed: 'FAILED',
}

export const iterationStatusWord: Readonly<Record<VersionStatus, Models2021.IterationInList['status']>> = {
  incomplete: 'ITERATION_UNSET',
  running: 'ITERATION_RUNNING',
  failed: 'ITERATION_FAILED',
  cancelled: 'ITERATION_CANCELLED',
  active: 'ITERATION_ACTIVE',
  'revocation-scheduled': 'ITERATION_REVOCATION_SCHEDULED',
  revoked: 'ITERATION_REVOKED',
}

/** Whether a channel is to be restricted; undefined when the client did not say. */
export function restricted(word: string | null | undefined): boolean | undefined {
  if (word === 'RESTRICTED') return true
  return word === 'UNRESTRICTED' ? false : undefined
}

/** Which relations are wanted, in the words of this interface or of the newer one; undefined for both. */
export function relationType(word: string | undefined): 'parents' | 'children' | undefined {
  const kind = word?.toLowerCase().replace(/^ancestry_type_/, '')
  return kind === 'parents' || kind === 'children' ? kind : undefined
}
