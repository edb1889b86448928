import { MAX_DEPTH, showPath } from '@ingot/cty'
import { WireError, type WireErrorCode } from '../wire-error.ts'

/** Where in a value a walk is: a linked path, so that a step costs the same at any depth. The top is `undefined`. */
export interface Trail {
  readonly parent: Trail | undefined
  readonly step: string | number
  readonly depth: number
}

/** One step down; refuses to go deeper than a cty value may nest. */
export function descend(parent: Trail | undefined, step: string | number): Trail {
  const depth = (parent?.depth ?? 0) + 1
  if (depth > MAX_DEPTH)
    throw failure('wire.limit', `is nested more than the ${MAX_DEPTH} levels allowed`, undefined)
  return { parent, step, depth }
}

/** An error that says where in the value it is: `The value at disks[0].size is …`. */
export function failure(code: WireErrorCode, complaint: string, trail: Trail | undefined): WireError {
  const steps: (string | number)[] = []
  for (let at = trail; at; at = at.parent) steps.unshift(at.step)
  return new WireError(code, `The value${steps.length > 0 ? ` at ${showPath(steps)}` : ''} ${complaint}.`)
}
