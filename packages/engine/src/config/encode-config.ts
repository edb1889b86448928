import {
  CtyError,
  convert,
  dynamic,
  fromPlain,
  list,
  listValue,
  nullValue,
  object,
  objectValue,
  type Plain,
  type Type,
  type Value,
} from '@ingot/cty'
import type { AttrSpec, BlockListSpec, BlockSpec, HclSpec, ObjectSpec } from '@ingot/plugin-rpc'
import { EngineError } from '../errors.ts'
import { suggestion } from './suggestion.ts'

/** Settings by name, as a plan has them. */
export type Settings = Readonly<Record<string, Plain>>

/**
 * Shapes settings by a component's configuration spec, as an HCL body would be: every name of the spec is there, what
 * was not set is a null of its type, blocks that may repeat are a list, and values are converted to the wanted types.
 *
 * @throws EngineError `config.invalid` with everything that is wrong in `details`
 */
export function encodeConfig(spec: ObjectSpec, settings: Settings, whose: string): Value {
  const faults: string[] = []
  const value = encodeBody(spec, settings, { path: '', faults })
  if (faults.length === 0) return value
  throw new EngineError('config.invalid', `The settings of ${whose} cannot be used: ${faults.join('; ')}.`, {
    details: faults,
  })
}

/** Where in the settings, and everything found wrong so far. */
interface Place {
  readonly path: string
  readonly faults: string[]
}

function encodeBody(spec: ObjectSpec, settings: Settings, place: Place): Value {
  const specs = Object.entries(spec.attributes)
  refuseUnknown(
    specs.map(([key, each]) => nameOf(each, key)),
    settings,
    place,
  )
  const members = specs.map(([key, each]) => {
    const name = nameOf(each, key)
    const given = Object.hasOwn(settings, name) ? settings[name] : null
    const path = place.path === '' ? name : `${place.path}.${name}`
    return [key, encodeMember(each, given ?? null, { ...place, path })] as const
  })
  return objectValue(Object.fromEntries(members))
}

function nameOf(spec: HclSpec, key: string): string {
  return spec.kind === 'object' ? key : spec.name
}

function refuseUnknown(known: readonly string[], settings: Settings, { path, faults }: Place): void {
  for (const name of Object.keys(settings)) {
    if (known.includes(name)) continue
    const meant = suggestion(name, known)
    const where = path === '' ? '' : ` in "${path}"`
    faults.push(
      `"${name}"${where} is not a setting${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
    )
  }
}

function encodeMember(spec: HclSpec, given: Plain, place: Place): Value {
  switch (spec.kind) {
    case 'attr':
      return encodeAttribute(spec, given, place)
    case 'block':
      return encodeBlock(spec, given, place)
    case 'blockList':
      return encodeBlockList(spec, given, place)
    case 'object':
      return isSettings(given) ? encodeBody(spec, given, place) : encodeBody(spec, {}, place)
  }
}

function encodeAttribute(spec: AttrSpec, given: Plain, place: Place): Value {
  if (given === null) {
    if (spec.required) place.faults.push(`"${place.path}" must be set`)
    return nullValue(spec.type)
  }
  try {
    return convert(fromPlain(given, dynamic), spec.type)
  } catch (error) {
    if (!(error instanceof CtyError)) throw error
    place.faults.push(`"${place.path}": ${error.message}`)
    return nullValue(spec.type)
  }
}

function encodeBlock(spec: BlockSpec, given: Plain, place: Place): Value {
  const blocks = blocksOf(given, place)
  const [first, ...more] = blocks
  if (more.length > 0) place.faults.push(`"${place.path}" may be given once, not ${blocks.length} times`)
  if (first) return encodeBody(spec.nested, first, place)
  if (spec.required) place.faults.push(`the block "${place.path}" must be set`)
  return nullValue(impliedType(spec.nested))
}

function encodeBlockList(spec: BlockListSpec, given: Plain, place: Place): Value {
  const blocks = blocksOf(given, place)
  const values = blocks.map((block, index) =>
    encodeBody(spec.nested, block, { ...place, path: `${place.path}[${index}]` }),
  )
  return listValue(impliedType(spec.nested), values)
}

/** One block may stand alone or in a list. */
function blocksOf(given: Plain, { path, faults }: Place): readonly Settings[] {
  const items = given === null ? [] : Array.isArray(given) ? (given as readonly Plain[]) : [given]
  const blocks = items.filter(isSettings)
  if (blocks.length < items.length)
    faults.push(`"${path}" is a block: give an object of settings, or a list of them`)
  return blocks
}

function isSettings(value: Plain): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('decimal' in value)
}

/** The type that a body decodes to. */
function impliedType(spec: ObjectSpec): Type {
  return object(
    Object.fromEntries(Object.entries(spec.attributes).map(([key, each]) => [key, memberType(each)])),
  )
}

function memberType(spec: HclSpec): Type {
  switch (spec.kind) {
    case 'attr':
      return spec.type
    case 'block':
      return impliedType(spec.nested)
    case 'blockList':
      return list(impliedType(spec.nested))
    case 'object':
      return impliedType(spec)
  }
}
