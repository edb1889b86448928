import type { Type } from '@ingot/cty'
import { WireError } from '../wire-error.ts'
import type { HclSpec, ObjectSpec } from './hcl-spec.ts'
import { assertSpecDepth } from './limits.ts'

const INSTEAD: Partial<Record<Type['kind'], string>> = {
  set: 'use a list',
  tuple: 'use a list',
  object: 'use a nested block',
  dynamic: 'say which type it has',
}

/**
 * Throws a `wire.unsupported` that names the attribute when the spec has a type that packer's protobuf encoding
 * has no message for. The gob encoding is held to the same, because the host chooses between the two.
 */
export function assertExpressible(spec: ObjectSpec): void {
  assertBody(spec, '', 0)
}

function assertBody(spec: ObjectSpec, path: string, depth: number): void {
  assertSpecDepth(depth)
  for (const [key, nested] of Object.entries(spec.attributes)) assertSpec(nested, path + key, depth)
}

function assertSpec(spec: HclSpec, path: string, depth: number): void {
  if (spec.kind === 'attr') assertType(spec.type, path, depth)
  else assertBody(spec.kind === 'object' ? spec : spec.nested, `${path}.`, depth + 1)
}

function assertType(type: Type, path: string, depth: number): void {
  assertSpecDepth(depth)
  const instead = INSTEAD[type.kind]
  if (instead)
    throw new WireError(
      'wire.unsupported',
      `The attribute ${path} has the type ${type.kind}, which packer cannot be told of: ${instead}.`,
    )
  if ('element' in type) assertType(type.element, path, depth + 1)
}
