import { descend, type Trail } from './trail.ts'
import { unknown, type Value } from './value.ts'

/** Whether neither the value nor anything inside it is unknown. */
export function isWhollyKnown(value: Value): boolean {
  return knownAt(value, undefined)
}

function knownAt({ type, content }: Value, trail: Trail | undefined): boolean {
  if (content === unknown) return false
  if (content === null || typeof content !== 'object' || type.kind === 'number') return true
  const inner = descend(trail, type.kind)
  return Object.values(content as Readonly<Record<string, Value>>).every((member) => knownAt(member, inner))
}
