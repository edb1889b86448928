import { BOOL, FIRST_DEFINED, type GobType, INT, INTERFACE, STRING, struct } from '../gob/gob-type.ts'

/*
 * The specs of hcldec as an encoder of ours numbers them. Concrete names are those hcldec registers, byte for byte:
 * Go shortens the package path of pointer types, and only of those.
 */
const TYPE = FIRST_DEFINED + 4

export const OBJECT = { id: FIRST_DEFINED, name: 'github.com/hashicorp/hcl/v2/hcldec.ObjectSpec' } as const
export const ATTR = { id: FIRST_DEFINED + 1, name: '*hcldec.AttrSpec' } as const
export const BLOCK = { id: FIRST_DEFINED + 2, name: '*hcldec.BlockSpec' } as const
export const BLOCK_LIST = { id: FIRST_DEFINED + 3, name: '*hcldec.BlockListSpec' } as const

export const SPEC_TYPES: ReadonlyMap<number, GobType> = new Map<number, GobType>([
  [OBJECT.id, { kind: 'map', name: 'ObjectSpec', key: STRING, element: INTERFACE }],
  [ATTR.id, struct('AttrSpec', ['Name', STRING], ['Type', TYPE], ['Required', BOOL])],
  [BLOCK.id, struct('BlockSpec', ['TypeName', STRING], ['Nested', INTERFACE], ['Required', BOOL])],
  [
    BLOCK_LIST.id,
    struct(
      'BlockListSpec',
      ['TypeName', STRING],
      ['Nested', INTERFACE],
      ['MinItems', INT],
      ['MaxItems', INT],
    ),
  ],
  [TYPE, { kind: 'opaque', name: 'Type' }],
])
