import { bool, list, map, number, string, type Type } from '@ingot/cty'
import type { HclSpec, ObjectSpec } from '../src/spec/hcl-spec.ts'

const body = (attributes: Record<string, HclSpec> = {}): ObjectSpec => ({ kind: 'object', attributes })
const attr = (name: string, type: Type, required = false): HclSpec => ({ kind: 'attr', name, type, required })
const block = (name: string, nested: ObjectSpec, required = false): HclSpec => ({
  kind: 'block',
  name,
  required,
  nested,
})
const blockList = (name: string, nested: ObjectSpec): HclSpec => ({ kind: 'blockList', name, nested })

const one = body({ name: attr('name', string, true) })
const x = body({ x: attr('x', string) })

/** What the samples of specs that Go wrote mean. */
export const specsFromGo: Readonly<Record<string, ObjectSpec>> = {
  'empty ObjectSpec': body(),
  'attr string required': one,
  'attr number': body({ n: attr('n', number) }),
  'attr bool': body({ b: attr('b', bool) }),
  'attr list(string)': body({ l: attr('l', list(string)) }),
  'attr map(string)': body({ m: attr('m', map(string)) }),
  'two attrs': body({ a: attr('a', string), b: attr('b', bool) }),
  block: body({ blk: block('blk', x) }),
  blocklist: body({ blk: blockList('blk', x) }),
  'blocklist min max': body({ blk: blockList('blk', body()) }),
  blockset: body({ bo: blockList('bo', body()) }),
}

/** What the samples in gob mean that Go was shown to accept. */
export const gobSpecsForGo: Readonly<Record<string, ObjectSpec>> = {
  'spec one': one,
  'spec two': body({ name: attr('name', string, true), n: attr('n', number), b: attr('b', bool) }),
  'spec coll': body({
    l: attr('l', list(string)),
    m: attr('m', map(string)),
    ll: attr('ll', list(list(string))),
  }),
  'spec blk': body({
    x: block('x', body({ q: attr('q', string) })),
    y: blockList(
      'y',
      body({ q: attr('q', string), z: block('z', body({ w: attr('w', map(number)) }), true) }),
    ),
    e: block('e', body()),
  }),
  'spec empty': body(),
}

/** What the samples in protobuf mean that Go was shown to accept. */
export const protobufSpecsForGo: Readonly<Record<string, ObjectSpec>> = {
  'proto one': one,
  'proto blk': body({
    x: block('x', body({ q: attr('q', string) })),
    y: blockList('y', body({ l: attr('l', list(string)), m: attr('m', map(number)) })),
  }),
  'proto emptyobj': body(),
  'proto blkempty': body({ e: block('e', body()) }),
}
