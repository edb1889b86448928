import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../domain/refusal.ts'
import { Gone, parseJson, readBody } from './body.ts'

const parse = (text: string | Buffer) => parseJson(Buffer.from(text))

function refusalOf(text: string | Buffer): string {
  try {
    parse(text)
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
  return 'taken'
}

test('any JSON comes through as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      fc.pre(value !== null && !JSON.stringify(value).includes('\\u0000'))
      expect(parse(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test.each(['', '  \n', 'null'])('nothing at all (%j) counts as an empty object', (text) => {
  expect(parse(text)).toEqual({})
})

test.each([
  ['an open brace', '{', 'is not JSON'],
  ['a missing value', '{"a":}', 'is not JSON'],
  ['a NUL', '{"name":"a\\u0000b"}', 'name holds a NUL'],
  ['half a surrogate pair', '{"labels":{"a":"\\ud800"}}', 'labels.a holds'],
  ['a NUL in a name', '{"labels":{"a\\u0000":"b"}}', 'a name in labels holds'],
  ['a million levels', `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`, 'nested more than 64 levels'],
  ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'is not UTF-8'],
])('%s is refused', (_, text, words) => {
  expect(refusalOf(text)).toContain(words)
})

test('random bytes are refused or read, nothing else', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof refusalOf(Buffer.from(bytes)) === 'string'))
})

test('a sender who goes away in the middle of a body is nobody to answer to', async () => {
  const request = new IncomingMessage(new Socket())
  const read = readBody(request, 10)
  request.push('{')
  request.destroy(new Error('aborted'))
  await expect(read).rejects.toThrow(Gone)
})
