import { CtyError, type CtyErrorCode, type Path } from './error.ts'
import { MAX_DEPTH } from './limits.ts'

/** Where a walk is: a linked path, so that a step costs the same at any depth. The root is `undefined`. */
export interface Trail {
  readonly parent: Trail | undefined
  readonly step: string | number
  readonly depth: number
}

/** One step down; throws `too-deep` past {@link MAX_DEPTH}, which also ends walks over cycles. */
export function descend(parent: Trail | undefined, step: string | number): Trail {
  const depth = (parent?.depth ?? 0) + 1
  if (depth > MAX_DEPTH) throw fail('too-deep', `nested more than ${MAX_DEPTH} levels; flatten it`, parent)
  return { parent, step, depth }
}

export function fail(code: CtyErrorCode, reason: string, trail: Trail | undefined): CtyError {
  return new CtyError(code, reason, pathOf(trail))
}

function pathOf(trail: Trail | undefined): Path {
  const path: (string | number)[] = []
  for (let at = trail; at !== undefined; at = at.parent) path.push(at.step)
  return path.reverse()
}

/** Runs what knows nothing of the walk, and puts the walk's path in front of the path of its errors. */
export function rebase<T>(trail: Trail | undefined, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof CtyError) || trail === undefined) throw error
    throw new CtyError(error.code, error.reason, [...pathOf(trail), ...error.path])
  }
}
