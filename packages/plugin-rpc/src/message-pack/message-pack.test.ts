import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectOnlyWireErrors, wireErrorOf } from '../../test/only-wire-errors.ts'
import { decodeMessagePack } from './decode.ts'
import { encodeMessagePack } from './encode.ts'
import { MAX_DEPTH, MAX_VALUES } from './limits.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** All that travels, in the form in which it arrives. */
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, false),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.maxSafeInteger(),
    fc.integer({ min: -70_000, max: 70_000 }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }).filter((n) => !Number.isSafeInteger(Number(n))),
    fc.double({ noNaN: true }).filter((n) => !Number.isInteger(n)),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('value'), { maxLength: 20 }),
    fc.dictionary(fc.string({ maxLength: 40 }), tie('value'), { maxKeys: 20, noNullPrototype: true }),
  ),
})).value

describe('MessagePack', () => {
  it.each<[string, unknown, string]>([
    ['300', 300, 'd1012c'],
    ['200, in the signed family', 200, 'd100c8'],
    ['-200', -200, 'd1ff38'],
    ['-100', -100, 'd09c'],
    ['40 bits', 2 ** 40, 'd30000010000000000'],
    ['a fraction', 1.5, 'cb3ff8000000000000'],
    ['bytes', Buffer.from('hi'), 'c4026869'],
    ['text', 'hello', 'a568656c6c6f'],
    ['a long text', 'x'.repeat(40), `d928${'78'.repeat(40)}`],
    ['a point in time', new Date(1_700_000_000_000), 'd6ff6553f100'],
    ['one with milliseconds', new Date(1_700_000_000_005), 'd7ff01312d006553f100'],
    ['nothing', null, 'c0'],
    ['a map', { Category: 'cat', Args: null }, '82a843617465676f7279a3636174a441726773c0'],
    ['a list', ['a'], '91a161'],
  ])('writes and reads %s as Go does', (_, value, bytes) => {
    expect(encodeMessagePack(value).toString()).toBe(hex(bytes).toString())
    expect(decodeMessagePack(hex(bytes))).toEqual(value)
  })

  it.each<[string, string, unknown]>([
    ['unsigned 8', 'ccff', 255],
    ['unsigned 16', 'cdffff', 65_535],
    ['unsigned 32', 'ceffffffff', 4_294_967_295],
    ['unsigned 64', 'cf0000010000000000', 2 ** 40],
    ['beyond what a number holds', 'cfffffffffffffffff', 2n ** 64n - 1n],
    ['the least of all', 'd38000000000000000', -(2n ** 63n)],
    ['a short float', 'ca3fc00000', 1.5],
    ['a time before its kind', 'c70cff00000000ffffffffffffffff', new Date(-1000)],
  ])('reads what else Go writes: %s', (_, bytes, value) => {
    expect(decodeMessagePack(hex(bytes))).toEqual(value)
  })

  it('reads what it wrote', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(decodeMessagePack(encodeMessagePack(value))).toEqual(value)
      }),
    )
  })

  it('keeps what can be read of text that is no UTF-8', () => {
    expect(decodeMessagePack(hex('a5 63 61 66 e9 21'))).toBe('caf\u{fffd}!')
  })

  it('takes any text as a key, also those that mean something to the language', () => {
    const map = decodeMessagePack(hex('81 a9 5f5f70726f746f5f5f 81 a1 61 01')) as object
    expect(Object.entries(map)).toEqual([['__proto__', { a: 1 }]])
    expect(Object.getPrototypeOf(map)).toBe(Object.prototype)
  })

  it('writes undefined as nothing, and maps of both kinds', () => {
    expect(decodeMessagePack(encodeMessagePack({ a: undefined, b: new Map([['c', 1]]) }))).toEqual({
      a: null,
      b: { c: 1 },
    })
  })

  it.each<[string, unknown, string]>([
    ['a function', () => 1, 'wire.unsupported'],
    ['a symbol in a list', [Symbol('x')], 'wire.unsupported'],
    ['more than 64 bits', 2n ** 64n, 'wire.unsupported'],
    ['a key that is no text', new Map([[1, 2]]), 'wire.unsupported'],
    ['an invalid date', new Date(Number.NaN), 'wire.unsupported'],
    ['what holds itself', loop(), 'wire.limit'],
    ['what holds itself twice', twice(), 'wire.limit'],
  ])('refuses to write %s', (_, value, code) => {
    expect(wireErrorOf(() => encodeMessagePack(value))).toBe(code)
  })

  it.each<[string, Uint8Array, string]>([
    ['nothing', hex(''), 'wire.truncated'],
    ['half a text', hex('a568'), 'wire.truncated'],
    ['a list that is announced only', hex('ddffffffff'), 'wire.truncated'],
    ['a map that is announced only', hex('dfffffffff'), 'wire.truncated'],
    ['bytes that are announced only', hex('c6ffffffff00'), 'wire.truncated'],
    ['the byte that stands for nothing', hex('c1'), 'wire.malformed'],
    ['something behind the value', hex('c0c0'), 'wire.malformed'],
    ['a key that is no text', hex('8101c0'), 'wire.unsupported'],
    ['an unknown extension', hex('d40500'), 'wire.unsupported'],
    ['a time of the wrong size', hex('d5ff0000'), 'wire.malformed'],
    ['a time that no date can hold', hex('c70cff000000007fffffffffffffff'), 'wire.unsupported'],
    ['too deep a list', Buffer.alloc(MAX_DEPTH + 2, 0x91), 'wire.limit'],
    ['too many values', many(MAX_VALUES), 'wire.limit'],
  ])('refuses to read %s', (_, bytes, code) => {
    expect(wireErrorOf(() => decodeMessagePack(bytes))).toBe(code)
  })

  it('answers any bytes with a value or a typed error', () => {
    expectOnlyWireErrors(decodeMessagePack, fc.uint8Array({ maxLength: 100 }))
  })

  it('answers a message that was cut or changed with a value or a typed error', () => {
    const spoilt = fc.tuple(values, fc.nat(), fc.nat(255)).map(([value, at, byte]) => {
      const bytes = Buffer.from(encodeMessagePack(value))
      bytes[at % bytes.length] = byte
      return bytes.subarray(0, byte % 2 === 0 ? bytes.length : at % bytes.length)
    })
    expectOnlyWireErrors(decodeMessagePack, spoilt)
  })
})

function loop(): unknown {
  const value: unknown[] = []
  value.push(value)
  return value
}

function twice(): unknown {
  const value: Record<string, unknown> = {}
  value['a'] = value
  value['b'] = value
  return value
}

function many(count: number): Buffer {
  const bytes = Buffer.alloc(count + 5, 0xc0)
  bytes[0] = 0xdd
  bytes.writeUInt32BE(count, 1)
  return bytes
}
