import { CtyError } from '@ingot/cty'
import { WireError, type WireErrorCode } from '../wire-error.ts'

/** Runs a codec; what the type system refuses becomes an error of the wire with the same message. */
export function asWireError<T>(code: WireErrorCode, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof CtyError)) throw error
    const isLimit = error.code === 'too-deep' || error.code === 'too-large'
    throw new WireError(isLimit ? 'wire.limit' : code, `In a value, ${error.message}.`, { cause: error })
  }
}
