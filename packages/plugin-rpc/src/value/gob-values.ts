import { BOOL, FIRST_DEFINED, type GobType, INT, INTERFACE, STRING, struct } from '../gob/gob-type.ts'

/*
 * The types of go-cty's values as an encoder of ours numbers them. Concrete names are those under which Go knows what
 * it finds in an interface, byte for byte.
 */
const TYPE = FIRST_DEFINED + 7

/** The value with its type. */
export const VALUE = FIRST_DEFINED
/** What a set holds; it is a stream of its own. */
export const SET_BODY = FIRST_DEFINED + 1

export const TEXT = { id: STRING, name: 'string' } as const
export const TRUTH = { id: BOOL, name: 'bool' } as const
export const NUMBER = { id: FIRST_DEFINED + 2, name: 'math/big.Float' } as const
export const LIST = { id: FIRST_DEFINED + 3, name: '[]interface {}' } as const
export const MAP = { id: FIRST_DEFINED + 4, name: 'map[string]interface {}' } as const
export const SET = { id: FIRST_DEFINED + 5, name: 'github.com/zclconf/go-cty/cty/set.Set' } as const
/** How Go tells the members of a set apart: by their type. */
export const RULES = { id: FIRST_DEFINED + 6, name: 'github.com/zclconf/go-cty/cty.setRules' } as const

export const VALUE_TYPES: ReadonlyMap<number, GobType> = new Map<number, GobType>([
  [VALUE, struct('gobValue', ['Version', INT], ['Ty', TYPE], ['V', INTERFACE])],
  [SET_BODY, struct('gobSet', ['Version', INT], ['Rules', INTERFACE], ['Values', LIST.id])],
  [NUMBER.id, { kind: 'opaque', name: 'Float' }],
  [LIST.id, { kind: 'list', name: '[]interface {}', element: INTERFACE }],
  [MAP.id, { kind: 'map', name: 'map[string]interface {}', key: STRING, element: INTERFACE }],
  [SET.id, { kind: 'opaque', name: 'Set' }],
  [RULES.id, struct('setRules', ['Type', TYPE])],
  [TYPE, { kind: 'opaque', name: 'Type' }],
])
