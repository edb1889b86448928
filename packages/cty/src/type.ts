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

export const string: Type = { kind: 'string' }
export const number: Type = { kind: 'number' }
export const bool: Type = { kind: 'bool' }
/** The type of a value whose type is not known yet; a null of it is `null` without a type. */
export const dynamic: Type = { kind: 'dynamic' }
export const list = (element: Type): Type => ({ kind: 'list', element })
export const set = (element: Type): Type => ({ kind: 'set', element })
export const map = (element: Type): Type => ({ kind: 'map', element })
export const tuple = (elements: readonly Type[]): Type => ({ kind: 'tuple', elements })
export const object = (attributes: Readonly<Record<string, Type>>, optional: readonly string[] = []): Type =>
  optional.length > 0 ? { kind: 'object', attributes, optional } : { kind: 'object', attributes }
