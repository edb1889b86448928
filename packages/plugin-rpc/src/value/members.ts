import { listValue, mapValue, setValue, type Type, unknown, type Value } from '@ingot/cty'

/** A list or set of members read for an element type that may say `dynamic`. */
export function sequenceOf(kind: 'list' | 'set', wanted: Type, members: readonly Value[]): Value {
  const element = commonType(wanted, members)
  const settled = members.map((member) => settle(member, element))
  return kind === 'set' ? setValue(element, settled) : listValue(element, settled)
}

/** A map of members read for an element type that may say `dynamic`. */
export function mapOf(wanted: Type, members: readonly (readonly [string, Value])[]): Value {
  const element = commonType(
    wanted,
    members.map(([, member]) => member),
  )
  return mapValue(element, Object.fromEntries(members.map(([key, member]) => [key, settle(member, element)])))
}

// Members that are known carry their full type; those that are not follow them.
function commonType(wanted: Type, members: readonly Value[]): Type {
  return members.find(isKnown)?.type ?? wanted
}

function settle(member: Value, element: Type): Value {
  return isKnown(member) ? member : { type: element, content: member.content }
}

const isKnown = ({ content }: Value): boolean => content !== null && content !== unknown
