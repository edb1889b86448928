import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wireErrorOf } from '../../test/only-wire-errors.ts'
import { WireError } from '../wire-error.ts'
import { encodeMessagePack } from './encode.ts'
import { MAX_VALUE_BYTES } from './limits.ts'
import { ValueSplitter } from './value-splitter.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** The bytes in pieces that end at the given places. */
function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1))), bytes.length].sort((a, b) => a - b)
  return ends.map((end, i) => Uint8Array.from(bytes.subarray(ends[i - 1] ?? 0, end)))
}

describe('the splitter of a stream of values', () => {
  it('finds each value, however the stream comes in pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (list, cuts) => {
          const values = list.map((value) => Buffer.from(encodeMessagePack(value)))
          const splitter = new ValueSplitter()
          const found = pieces(Buffer.concat(values), cuts).flatMap((piece) =>
            splitter.push(piece).map((one) => Buffer.from(one)),
          )
          expect(found).toEqual(values)
          expect(splitter.atBoundary).toBe(true)
        },
      ),
    )
  })

  it('finds a large value that comes in small pieces', () => {
    const value = Buffer.from(encodeMessagePack({ a: Buffer.alloc(3_000_000, 1), b: 'x'.repeat(70_000) }))
    const splitter = new ValueSplitter()
    const found: Uint8Array[] = []
    for (let at = 0; at < value.length; at += 1_000)
      found.push(...splitter.push(value.subarray(at, at + 1_000)))
    expect(found.map((one) => value.equals(one))).toEqual([true])
  })

  it('knows when the stream stands inside a value', () => {
    const splitter = new ValueSplitter()
    expect(splitter.push(hex('93 01'))).toEqual([])
    expect(splitter.atBoundary).toBe(false)
    expect(splitter.push(hex('02 03')).length).toBe(1)
    expect(splitter.atBoundary).toBe(true)
  })

  it.each<[string, string, string]>([
    ['text', 'dbffffffff', 'wire.limit'],
    ['bytes', 'c6ffffffff', 'wire.limit'],
    ['a list', 'ddffffffff', 'wire.limit'],
    ['a map', 'dfffffffff', 'wire.limit'],
    ['an extension', 'c9ffffffff00', 'wire.limit'],
    ['no value', 'c1', 'wire.malformed'],
  ])('refuses %s that is longer than anything may be, as soon as it says so', (_, bytes, code) => {
    expect(wireErrorOf(() => new ValueSplitter().push(hex(bytes)))).toBe(code)
  })

  it('refuses a value that grows beyond the limit by its parts', () => {
    const splitter = new ValueSplitter()
    const part = Buffer.concat([hex('92 c6 00 f0 00 00'), Buffer.alloc(0xf0_00_00)])
    const parts = Math.ceil(MAX_VALUE_BYTES / part.length) + 1
    const push = () => Array.from({ length: parts }, () => splitter.push(part))
    expect(wireErrorOf(push)).toBe('wire.limit')
  })

  it('answers any bytes with values or a typed error', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (chunks) => {
        const splitter = new ValueSplitter()
        try {
          for (const chunk of chunks) splitter.push(chunk)
        } catch (error) {
          expect(error).toBeInstanceOf(WireError)
        }
      }),
    )
  })
})
