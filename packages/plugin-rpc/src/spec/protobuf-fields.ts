import { bool, number, string, type Type } from '@ingot/cty'

/*
 * The messages of packer-plugin-sdk's rpc/hcl_spec.proto by their field numbers. A type is one of three
 * messages, a spec one of four.
 */
export const SPEC = { object: 1, attr: 2, block: 3, blockList: 4 } as const
export const OBJECT = { entry: 1 } as const
export const ENTRY = { key: 1, spec: 2 } as const
export const ATTR = { name: 1, type: 2, required: 3 } as const
export const BLOCK = { name: 1, required: 2, nested: 3 } as const
export const BLOCK_LIST = { name: 1, nested: 2 } as const
export const TYPE = { primitive: 1, list: 2, map: 3 } as const
export const PRIMITIVE = { name: 1 } as const
export const COLLECTION = { element: 1 } as const

/** How primitive types are called. */
export const PRIMITIVES: Readonly<Record<string, Type>> = {
  'cty.String': string,
  'cty.Number': number,
  'cty.Bool': bool,
}
