import type { Type } from '../type.ts'

const fromGeneral = ['string', 'number', 'bool', 'map', 'object', 'list', 'tuple', 'set', 'dynamic']

/** Orders types so that what takes in more comes first; types of one kind go by their members, where those agree. */
export function byGenerality(a: Type, b: Type): number {
  if (a.kind !== b.kind) return fromGeneral.indexOf(a.kind) - fromGeneral.indexOf(b.kind)
  const left = membersOf(a)
  const right = membersOf(b)
  if (left.size !== right.size) return 0
  const signs = [...left].map(([name, type]) => byGenerality(type, right.get(name) ?? type))
  const lower = signs.some((sign) => sign < 0)
  const higher = signs.some((sign) => sign > 0)
  return lower === higher ? 0 : lower ? -1 : 1
}

function membersOf(type: Type): Map<string | number, Type> {
  if ('element' in type) return new Map([[0, type.element]])
  if (type.kind === 'tuple') return new Map(type.elements.entries())
  return new Map(type.kind === 'object' ? Object.entries(type.attributes) : [])
}
