/** A type of HCL's type system. Plain data: compare with {@link sameType}, print with {@link typeName}. */
export type Type =
  | { readonly kind: 'string' | 'number' | 'bool' | 'dynamic' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: Type }
  | { readonly kind: 'tuple'; readonly elements: readonly Type[] }
  | {
      readonly kind: 'object'
      readonly attributes: Readonly<Record<string, Type>>
      readonly optional?: readonly string[]
    }

/** Text. */
export const string: Type = { kind: 'string' }
/** Numbers of any size and precision. */
export const number: Type = { kind: 'number' }
/** True and false. */
export const bool: Type = { kind: 'bool' }
/** The type of a value whose type is not known yet; a null of it is `null` without a type. */
export const dynamic: Type = { kind: 'dynamic' }
/** Any number of values of one type, in order. */
export const list = (element: Type): Type => ({ kind: 'list', element })
/** Any number of different values of one type, in no order of their own. */
export const set = (element: Type): Type => ({ kind: 'set', element })
/** Values of one type, by string keys. */
export const map = (element: Type): Type => ({ kind: 'map', element })
/** A fixed number of values, each of its own type: what `[…]` is in HCL before it is converted. */
export const tuple = (elements: readonly Type[]): Type => ({ kind: 'tuple', elements })
/**
 * Values by fixed names, each of its own type: what `{…}` is in HCL before it is converted. Names listed as `optional`
 * may be missing in what is converted to the type, and are null then.
 */
export const object = (attributes: Readonly<Record<string, Type>>, optional: readonly string[] = []): Type =>
  optional.length > 0 ? { kind: 'object', attributes, optional } : { kind: 'object', attributes }
