import type { Type } from '@ingot/cty'

/**
 * How a component's configuration is decoded from HCL: what `ConfigSpec` and `OutputSpec` carry.
 * The top of every answer is an {@link ObjectSpec}.
 */
export type HclSpec = AttrSpec | BlockSpec | BlockListSpec | ObjectSpec

/** One attribute. Both encodings carry strings, booleans, numbers, and lists and maps of these. */
export interface AttrSpec {
  readonly kind: 'attr'
  readonly name: string
  readonly type: Type
  readonly required: boolean
}

/** A nested block that occurs at most once; absent it decodes to null. */
export interface BlockSpec {
  readonly kind: 'block'
  readonly name: string
  readonly required: boolean
  readonly nested: ObjectSpec
}

/** A nested block that may repeat; absent it decodes to an empty list. */
export interface BlockListSpec {
  readonly kind: 'blockList'
  readonly name: string
  readonly nested: ObjectSpec
}

/** The attributes and blocks of a body, keyed by the name they decode to. */
export interface ObjectSpec {
  readonly kind: 'object'
  readonly attributes: Readonly<Record<string, HclSpec>>
}
