import { withoutOptional } from './optional.ts'
import { sameType } from './same.ts'
import { fail, type Trail } from './trail.ts'
import type { Type } from './type.ts'
import { typeName } from './type-name.ts'
import { unknown, type Value } from './value.ts'

/** The members of a list, set or map, and the one type they share. */
export interface Members<Step> {
  readonly element: Type
  readonly members: readonly (readonly [Step, Value])[]
}

/**
 * Gives members that were read for one element type their common type: where it says `dynamic` the first known member
 * decides, and nulls and unknowns follow.
 */
export function settleMembers<Step extends string | number>(
  wanted: Type,
  members: readonly (readonly [Step, Value])[],
  trail: Trail | undefined,
): Members<Step> {
  const element = members.find(([, value]) => isKnown(value))?.[1].type ?? withoutOptional(wanted)
  return { element, members: members.map(([step, value]) => [step, settle(value, element, step, trail)]) }
}

const isKnown = ({ content }: Value): boolean => content !== null && content !== unknown

function settle(value: Value, element: Type, step: string | number, parent: Trail | undefined): Value {
  if (sameType(value.type, element)) return value
  if (!isKnown(value)) return { type: element, content: value.content }
  const reason = `all members must be of one type: ${typeName(element)} required, not ${typeName(value.type)}`
  throw fail('wrong-type', reason, { parent, step, depth: 0 })
}
