import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spec as anySpec, damaged } from '../../test/arbitraries.ts'
import { gobSpecsForGo, specsFromGo } from '../../test/go-specs.ts'
import { expectOnlyWireErrors, wireErrorOf } from '../../test/only-wire-errors.ts'
import { acceptedByGo, gobFromGo, recordedByPacker } from '../../test/samples.ts'
import { encodeGob, writeInterface, writeStruct } from '../gob/encode.ts'
import { type GobType, INTERFACE, struct } from '../gob/gob-type.ts'
import { decodeSpecGob } from './decode-gob.ts'
import { encodeSpecGob } from './encode-gob.ts'
import type { ObjectSpec } from './hcl-spec.ts'
import { MAX_SPEC_BYTES, MAX_SPEC_DEPTH } from './limits.ts'

describe('a spec in gob', () => {
  it.each(Object.entries(specsFromGo))('is read from Go: %s', (name, spec) => {
    expect(decodeSpecGob(gobFromGo(name))).toEqual(spec)
  })

  it.each(Object.entries(gobSpecsForGo))('is read with all definitions first: %s', (name, spec) => {
    expect(decodeSpecGob(acceptedByGo(name))).toEqual(spec)
    expect(decodeSpecGob(encodeSpecGob(spec))).toEqual(spec)
  })

  it('is read as a post-processor of Go sent it', () => {
    const spec = decodeSpecGob(recordedByPacker('post-processor spec in gob'))
    const types = Object.values(spec.attributes).map(
      (attr) => attr.kind === 'attr' && [attr.name, attr.type.kind],
    )
    expect(Object.fromEntries(types.filter((type) => type !== false))).toEqual({
      out: 'string',
      keep: 'bool',
      force: 'bool',
      mode: 'string',
    })
  })

  it('comes back the same', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        expect(decodeSpecGob(encodeSpecGob(spec))).toEqual(spec)
      }),
    )
  })

  it('is read with the attribute types that protobuf cannot carry', () => {
    const spec = decodeSpecGob(gobFromGo('attr set(object)'))
    expect(spec.attributes['b']).toMatchObject({ type: { kind: 'set', element: { kind: 'object' } } })
  })

  it.each(['blockattrs', 'blockobject', 'default'])(
    'is refused with the place of what it has no word for: %s',
    (name) => {
      const decode = () => decodeSpecGob(gobFromGo(name))
      expect(wireErrorOf(decode)).toBe('wire.unsupported')
      expect(decode).toThrow(/ at b[ao],/)
    },
  )

  it('is read as its primary where it has a default', () => {
    const defaulted = encodeGob({
      types: defaultTypes,
      type: 65,
      value: (writer) =>
        writeInterface(
          writer.uint(1).string('a'),
          { name: '*hcldec.DefaultSpec', id: 66, type: defaultTypes.get(66)! },
          (body) =>
            writeStruct(body, [
              (primary) =>
                writeInterface(
                  primary,
                  {
                    name: 'github.com/hashicorp/hcl/v2/hcldec.ObjectSpec',
                    id: 65,
                    type: defaultTypes.get(65)!,
                  },
                  (object) => object.uint(0),
                ),
            ]),
        ),
    })
    expect(decodeSpecGob(defaulted).attributes['a']).toEqual({ kind: 'object', attributes: {} })
  })

  it('may nest only so deep', () => {
    expect(() => decodeSpecGob(encodeSpecGob(nested(MAX_SPEC_DEPTH)))).not.toThrow()
    expect(wireErrorOf(() => encodeSpecGob(nested(MAX_SPEC_DEPTH + 1)))).toBe('wire.limit')
  })

  it('may be only so long', () => {
    expect(wireErrorOf(() => decodeSpecGob(new Uint8Array(MAX_SPEC_BYTES + 1)))).toBe('wire.limit')
  })

  it('is no exit status, and the other way round', () => {
    expect(wireErrorOf(() => decodeSpecGob(gobFromGo('CommandFinished 7')))).toBe('wire.malformed')
  })

  it('answers damaged bytes with typed errors', () => {
    const names = ['attr string required', 'attr set(object)', 'blocklist', 'blockset', 'default']
    expectOnlyWireErrors(decodeSpecGob, damaged(...names.map(gobFromGo), acceptedByGo('spec blk')))
  })
})

const defaultTypes = new Map<number, GobType>([
  [65, { kind: 'map', name: 'ObjectSpec', key: 6, element: INTERFACE }],
  [66, struct('DefaultSpec', ['Primary', INTERFACE], ['Default', INTERFACE])],
])

function nested(depth: number): ObjectSpec {
  let spec: ObjectSpec = { kind: 'object', attributes: {} }
  for (let level = 0; level < depth; level++)
    spec = { kind: 'object', attributes: { b: { kind: 'block', name: 'b', required: false, nested: spec } } }
  return spec
}
