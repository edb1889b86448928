import { withoutOptional } from '../optional.ts'
import { sameType } from '../same.ts'
import { setMembers } from '../set-members.ts'
import { descend, fail, type Trail } from '../trail.ts'
import type { Type } from '../type.ts'
import type { Value } from '../value.ts'
import { convertAt } from './convert.ts'
import { unifyAt } from './unify.ts'

export type Collection = Extract<Type, { element: Type }>

/**
 * A list, set or map of members that were each converted to its element type. They can still differ where that says
 * `dynamic`; then they are brought to one type.
 */
export function collectionOf(
  to: Collection,
  members: readonly (readonly [string | number, Value])[],
  from: Type,
  trail: Trail | undefined,
): Value {
  const element = elementOf(to, members, from, trail)
  const settled = members.map(([step, value]): [string | number, Value] =>
    sameType(value.type, element) ? [step, value] : [step, convertAt(value, element, descend(trail, step))],
  )
  const type: Type = { kind: to.kind, element }
  if (to.kind === 'map') return { type, content: Object.fromEntries(settled) }
  const values = settled.map(([, value]) => value)
  return { type, content: to.kind === 'set' ? setMembers(values) : values }
}

function elementOf(
  to: Collection,
  members: readonly (readonly [string | number, Value])[],
  from: Type,
  trail: Trail | undefined,
): Type {
  if (members.length === 0) {
    return to.element.kind === 'dynamic' && 'element' in from ? from.element : withoutOptional(to.element)
  }
  const types = members.map(([, value]) => value.type)
  const common = unifyAt(types, 'unsafe', trail)
  if (common !== undefined && (common.kind !== 'dynamic' || types.every(({ kind }) => kind === 'dynamic')))
    return common
  throw fail('no-common-type', `the members of a ${to.kind} must be of one type; make them alike`, trail)
}
