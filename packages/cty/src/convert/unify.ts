import { CtyError } from '../error.ts'
import { typeToJson } from '../json/type.ts'
import { MAX_UNIFIED_TYPES } from '../limits.ts'
import { sameType } from '../same.ts'
import { descend, type Trail } from '../trail.ts'
import { dynamic, list, map, object, type Type, tuple } from '../type.ts'
import { convertible, type Safety } from './can-convert.ts'
import { byGenerality } from './generality.ts'

/**
 * The type that values of all the given types convert to, or undefined if there is none: what HCL makes of the two
 * arms of a conditional, or of the members of a list. With `safe` only a type that every value converts to.
 *
 * @throws CtyError `too-deep`, or `too-large` for more than {@link MAX_UNIFIED_TYPES} different types.
 * @example
 * unify([number, string]) // → string
 * unify([tuple([string]), list(number)]) // → list(string)
 */
export function unify(types: readonly Type[], safety: Safety = 'unsafe'): Type | undefined {
  return unifyAt(types, safety, undefined)
}

export function unifyAt(all: readonly Type[], safety: Safety, trail: Trail | undefined): Type | undefined {
  const [first] = all
  if (first === undefined || all.every((type) => sameType(type, first))) return first
  const types = distinct(all)
  if (types.length > MAX_UNIFIED_TYPES) {
    throw new CtyError(
      'too-large',
      `more than ${MAX_UNIFIED_TYPES} different types; make the values more alike`,
    )
  }
  const structural = unifyStructures(types, safety, descend(trail, 'unify'))
  return structural === 'none' ? undefined : (structural ?? preferred(types, safety, trail))
}

function distinct(types: readonly Type[]): Type[] {
  return [...new Map(types.map((type) => [typeToJson(type), type])).values()]
}

/** By the shape that all have in common; undefined where that decides nothing. */
function unifyStructures(types: readonly Type[], safety: Safety, trail: Trail): Type | 'none' | undefined {
  const kinds = new Set(types.map(({ kind }) => kind))
  const hasDynamic = kinds.delete('dynamic')
  const [first, second] = [...kinds].sort()
  if (kinds.size === 1 && first !== undefined && isStructure(first)) {
    // What a dynamic turns out to be may fit or not, so nothing is known of the whole.
    return hasDynamic ? dynamic : (unifyOneKind(types, safety, trail) ?? 'none')
  }
  if (kinds.size === 2 && first === 'map' && second === 'object')
    return asCollections(types, 'object', safety, trail)
  if (kinds.size === 2 && first === 'list' && second === 'tuple')
    return asCollections(types, 'tuple', safety, trail)
  return kinds.has('object') && kinds.has('tuple') ? 'none' : undefined
}

const isStructure = (kind: Type['kind']): boolean => !['string', 'number', 'bool', 'dynamic'].includes(kind)

function unifyOneKind(types: readonly Type[], safety: Safety, trail: Trail): Type | undefined {
  const [first] = types
  if (first?.kind === 'tuple') return unifyTuples(types as Tuple[], safety, trail)
  if (first?.kind === 'object') return unifyObjects(types as ObjectType[], safety, trail)
  const { kind } = first as Collection
  const element = unifyAt(
    types.map((type) => (type as Collection).element),
    safety,
    trail,
  )
  return element && ifAllConvert(types, { kind, element }, safety, trail)
}

type Collection = Extract<Type, { element: Type }>
type Tuple = Type & { readonly kind: 'tuple' }
type ObjectType = Type & { readonly kind: 'object' }

function unifyTuples(types: readonly Tuple[], safety: Safety, trail: Trail): Type | undefined {
  const lengths = new Set(types.map(({ elements }) => elements.length))
  if (lengths.size > 1) return membersAs(types, safety, trail)
  const elements = types[0]!.elements.map((_, i) =>
    unifyAt(
      types.map((type) => type.elements[i]!),
      safety,
      trail,
    ),
  )
  if (!elements.every((element) => element !== undefined)) return undefined
  return ifAllConvert(types, tuple(elements), safety, trail) ?? membersAs(types, safety, trail)
}

function unifyObjects(types: readonly ObjectType[], safety: Safety, trail: Trail): Type | undefined {
  const names = Object.keys(types[0]!.attributes)
  const sameNames = types.every(({ attributes }) => {
    return (
      Object.keys(attributes).length === names.length &&
      names.every((name) => Object.hasOwn(attributes, name))
    )
  })
  if (!sameNames) return membersAs(types, safety, trail)
  const attributes: [string, Type][] = []
  for (const name of names) {
    const type = unifyAt(
      types.map((it) => it.attributes[name]!),
      safety,
      trail,
    )
    if (type === undefined) return undefined
    attributes.push([name, type])
  }
  return (
    ifAllConvert(types, object(Object.fromEntries(attributes)), safety, trail) ??
    membersAs(types, safety, trail)
  )
}

/** Tuples as one list, objects as one map: of whatever type suits the members of all. */
function membersAs(types: readonly (Tuple | ObjectType)[], safety: Safety, trail: Trail): Type | undefined {
  const members = types.flatMap((type) =>
    type.kind === 'tuple' ? type.elements : Object.values(type.attributes),
  )
  const element = unifyAt(members, safety, trail)
  return (
    element && ifAllConvert(types, types[0]!.kind === 'tuple' ? list(element) : map(element), safety, trail)
  )
}

function asCollections(
  types: readonly Type[],
  structure: 'object' | 'tuple',
  safety: Safety,
  trail: Trail,
): Type | undefined {
  const structures = types.filter(({ kind }) => kind === structure) as (Tuple | ObjectType)[]
  const collection = membersAs(structures, safety, trail)
  const others = types.filter(({ kind }) => kind !== structure)
  const common = collection && unifyAt([collection, ...others], safety, trail)
  return common?.kind === collection?.kind ? common : undefined
}

function ifAllConvert(types: readonly Type[], to: Type, safety: Safety, trail: Trail): Type | undefined {
  return types.every((type) => convertible(type, to, safety, trail)) ? to : undefined
}

/** One of the types themselves, the most general first. */
function preferred(types: readonly Type[], safety: Safety, trail: Trail | undefined): Type | undefined {
  const candidates = [...types].sort(byGenerality)
  return candidates.find((to) => types.every((type) => convertible(type, to, safety, trail)))
}
