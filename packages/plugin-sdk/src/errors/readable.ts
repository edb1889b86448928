import type { Surroundings } from '../plugin/surroundings.ts'
import { messageOf, stackOf } from './message-of.ts'

/** Runs code of the author's: whatever it throws becomes one readable message, and its stack goes to the log. */
export async function readable<T>(
  { secrets, log }: Pick<Surroundings, 'secrets' | 'log'>,
  run: () => T | Promise<T>,
): Promise<T> {
  try {
    return await run()
  } catch (error) {
    log(secrets.hide(stackOf(error)))
    throw new Error(secrets.hide(messageOf(error)), { cause: error })
  }
}
