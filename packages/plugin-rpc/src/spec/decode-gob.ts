import { decodeGob } from '../gob/decode.ts'
import { GobInterface, GobMap, GobStruct, type GobValue, mismatch } from '../gob/gob-value.ts'
import { decodeTypeGob } from '../value/type-gob.ts'
import { WireError } from '../wire-error.ts'
import { ATTR, BLOCK, BLOCK_LIST, OBJECT } from './gob-specs.ts'
import type { HclSpec, ObjectSpec } from './hcl-spec.ts'
import { assertSpecDepth, assertSpecSize } from './limits.ts'

/** A spec that is met: what it is called in messages, and how deep it is. */
interface Place {
  readonly path: string
  readonly depth: number
}

/**
 * Reads a spec from a plugin started without `--protobuf`.
 *
 * Of hcldec's further specs, a set of blocks is read as a list of blocks (a plugin gets the same array), a spec with a
 * default as the spec without it, and the least and greatest number of blocks are left to the plugin to check.
 *
 * @throws WireError `wire.unsupported` naming the place, for specs that no {@link HclSpec} stands for: blocks with
 * labels, blocks of free attributes, literals, expressions, tuples. Else when the bytes are no spec.
 */
export function decodeSpecGob(bytes: Uint8Array): ObjectSpec {
  assertSpecSize(bytes)
  return objectFrom(decodeGob(bytes), { path: '', depth: 0 })
}

function objectFrom(value: GobValue | undefined, { path, depth }: Place): ObjectSpec {
  assertSpecDepth(depth)
  if (!(value instanceof GobMap)) throw mismatch(`the spec ${path}`, 'attributes by name')
  const attributes = value.textEntries().map(([name, spec]) => {
    if (!(spec instanceof GobInterface)) throw mismatch(`the spec ${path}${name}`, 'an interface')
    return [name, specFrom(spec, { path: path + name, depth })] as const
  })
  return { kind: 'object', attributes: Object.fromEntries(attributes) }
}

function specFrom({ concrete, value }: GobInterface, place: Place): HclSpec {
  if (concrete === OBJECT.name) return objectFrom(value, inside(place))
  if (!(value instanceof GobStruct)) throw unsupported(concrete, place)
  switch (concrete) {
    case ATTR.name:
      return {
        kind: 'attr',
        name: value.string('Name'),
        type: decodeTypeGob(value.bytes('Type')),
        required: value.bool('Required'),
      }
    case BLOCK.name:
      return { kind: 'block', ...block(value, place), required: value.bool('Required') }
    case BLOCK_LIST.name:
    case '*hcldec.BlockSetSpec':
      return { kind: 'blockList', ...block(value, place) }
    case '*hcldec.DefaultSpec':
      return specFrom(value.interface('Primary'), { ...place, depth: place.depth + 1 })
    default:
      throw unsupported(concrete, place)
  }
}

function block(value: GobStruct, place: Place): { name: string; nested: ObjectSpec } {
  const nested = value.interface('Nested')
  if (nested.concrete !== OBJECT.name) throw unsupported(nested.concrete, place, 'the body of a block')
  return { name: value.string('TypeName'), nested: objectFrom(nested.value, inside(place)) }
}

function inside({ path, depth }: Place): Place {
  return { path: `${path}.`, depth: depth + 1 }
}

function unsupported(concrete: string, { path }: Place, what = 'a spec'): WireError {
  const spec = concrete === '' ? 'nothing' : JSON.stringify(concrete.slice(0, 64))
  const text = `The plugin's configuration has, at ${path}, ${spec} as ${what}, which is not supported here; use a plugin whose configuration has attributes and plain blocks only.`
  return new WireError('wire.unsupported', text)
}
