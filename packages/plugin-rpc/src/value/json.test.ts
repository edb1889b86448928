import { objectValue, sameValue, string, stringValue, unknownValue } from '@ingot/cty'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damaged, knownValue } from '../../test/arbitraries.ts'
import { jsonObject } from '../../test/go-values.ts'
import { expectOnlyWireErrors, wireErrorOf } from '../../test/only-wire-errors.ts'
import { acceptedByGo } from '../../test/samples.ts'
import { decodeUtf8 } from '../utf8.ts'
import { decodeDynamicJson, encodeDynamicJson } from './json.ts'

describe('a value in JSON with its type', () => {
  it.each([
    ['obj', jsonObject],
    ['typefirst', stringValue('a')],
    ['objdyn', objectValue({ a: stringValue('x') })],
  ])('is read as Go does: %s', (name, value) => {
    expect(decodeDynamicJson(acceptedByGo(`ctyjson ${name}`))).toEqual(value)
  })

  it('is written as Go does', () => {
    expect(
      decodeUtf8(encodeDynamicJson(objectValue({ name: stringValue('<v>'), n: stringValue('ä') }))),
    ).toBe('{"value":{"n":"ä","name":"\\u003cv\\u003e"},"type":["object",{"n":"string","name":"string"}]}')
  })

  it('comes back the same', () => {
    fc.assert(
      fc.property(knownValue, (value) => {
        expect(sameValue(decodeDynamicJson(encodeDynamicJson(value)), value)).toBe(true)
      }),
    )
  })

  it('is refused with its place when it is not known', () => {
    const value = objectValue({ id: unknownValue(string) })
    expect(() => encodeDynamicJson(value)).toThrow(/id: the value is not known/)
    expect(wireErrorOf(() => encodeDynamicJson(value))).toBe('wire.unsupported')
  })

  it('is refused where Go refuses it', () => {
    expect(wireErrorOf(() => decodeDynamicJson(acceptedByGo('ctyjson dyn')))).toBe('wire.malformed')
  })

  it('answers damaged bytes with typed errors', () => {
    expectOnlyWireErrors(
      decodeDynamicJson,
      damaged(acceptedByGo('ctyjson obj'), acceptedByGo('ctyjson objdyn')),
    )
  })
})
