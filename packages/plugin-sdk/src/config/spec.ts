import { bool, list, map, number, object, string, type Type } from '@ingot/cty'
import type { HclSpec, ObjectSpec } from '@ingot/plugin-rpc'
import type { ConfigSchema } from './config.ts'
import type { Field, Shape } from './field.ts'
import { mapValues } from './plain.ts'

/**
 * How HCL reads the configuration. Nothing is required here: what is missing is told by decoding, together with
 * all else that is wrong, rather than alone by HCL.
 */
export function configSpec(schema: ConfigSchema): ObjectSpec {
  return objectSpec(schema.shape)
}

function objectSpec(shape: Shape): ObjectSpec {
  const specs = Object.entries(shape).flatMap(([name, field]) => [
    ...[name, ...field.facts.formerNames].map((each) => [each, fieldSpec(each, field)] as const),
    ...pairSpecs(field),
  ])
  return { kind: 'object', attributes: Object.fromEntries(specs) }
}

/** The blocks that may stand in the place of a map. */
function pairSpecs({ facts: { pairs, element } }: Field): readonly (readonly [string, HclSpec])[] {
  if (!pairs) return []
  const { block, key, value } = pairs
  const attribute = (name: string, type: Type): HclSpec => ({ kind: 'attr', name, type, required: false })
  const attributes = { [key]: attribute(key, string), [value]: attribute(value, typeOf(element!.facts)) }
  return [[block, { kind: 'blockList', name: block, nested: { kind: 'object', attributes } }]]
}

function fieldSpec(name: string, { facts }: Field): HclSpec {
  if (facts.kind === 'block')
    return { kind: 'block', name, required: false, nested: objectSpec(facts.shape!) }
  if (facts.kind === 'blocks')
    return { kind: 'blockList', name: facts.blockName ?? name, nested: objectSpec(facts.shape!) }
  return { kind: 'attr', name, type: typeOf(facts), required: false }
}

/** The type of what HCL makes of a configuration or output. */
export function schemaType(schema: ConfigSchema): Type {
  return shapeType(schema.shape)
}

function shapeType(shape: Shape): Type {
  return object(mapValues(shape, ({ facts }) => typeOf(facts)))
}

function typeOf(facts: Field['facts']): Type {
  switch (facts.kind) {
    case 'string':
    case 'duration':
      return string
    case 'number':
      return number
    case 'boolean':
      return bool
    case 'list':
      return list(typeOf(facts.element!.facts))
    case 'map':
      return map(typeOf(facts.element!.facts))
    case 'block':
      return shapeType(facts.shape!)
    case 'blocks':
      return list(shapeType(facts.shape!))
  }
}
