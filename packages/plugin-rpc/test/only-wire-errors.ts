import fc from 'fast-check'
import { expect } from 'vitest'
import { WireError } from '../src/wire-error.ts'
import { fuzzing } from './fuzzing.ts'

/** Asserts that a decoder answers any of the bytes with a value or with a typed error, and nothing else. */
export function expectOnlyWireErrors(
  decode: (bytes: Uint8Array) => unknown,
  bytes: fc.Arbitrary<Uint8Array>,
): void {
  fc.assert(
    fc.property(bytes, (input) => {
      try {
        decode(input)
      } catch (error) {
        expect(error).toBeInstanceOf(WireError)
      }
    }),
    fuzzing(1000),
  )
}

/** The code of the wire error that a call must end with. */
export function wireErrorOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (error instanceof WireError) return error.code
    throw error
  }
  throw new Error('The call was to fail.')
}
