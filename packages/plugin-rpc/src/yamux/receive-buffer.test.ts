import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReceiveBuffer } from './receive-buffer.ts'

const pushes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 40 }),
  fc.integer({ min: 1, max: 40_000 }).map(bytes),
)
const steps = fc.array(fc.oneof(pushes, fc.integer({ min: 1, max: 50_000 })), { maxLength: 60 })

function bytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 0xff)
}

describe('the buffer of unread bytes', () => {
  it('gives back what it got, in order, however it is pushed and taken', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const buffer = new ReceiveBuffer()
        const pushed: Uint8Array[] = []
        const taken: Uint8Array[] = []
        for (const step of all) {
          if (typeof step === 'number') taken.push(Uint8Array.from(buffer.take(step)))
          else {
            pushed.push(step)
            buffer.push(Uint8Array.from(step))
          }
        }
        while (buffer.length > 0) taken.push(buffer.take())
        expect(Buffer.concat(taken).equals(Buffer.concat(pushed))).toBe(true)
      }),
    )
  })

  it('does not change bytes that were taken before', () => {
    const buffer = new ReceiveBuffer()
    buffer.push(Buffer.from('a'))
    buffer.push(Buffer.from('b'))
    buffer.push(Buffer.from('c'))
    const first = buffer.take(2)
    buffer.push(Buffer.from('d'))
    expect(Buffer.from(first).toString()).toBe('a')
    expect(Buffer.concat([buffer.take(), buffer.take()]).toString()).toBe('bcd')
  })
})
