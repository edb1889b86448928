import type { Surroundings } from '../plugin/surroundings.ts'
import { messageOf, stackOf } from './message-of.ts'

/** Runs code of the author's: whatever it throws becomes one readable message; its stack is kept for the log. */
export async function readable<T>(
  { secrets }: Pick<Surroundings, 'secrets'>,
  run: () => T | Promise<T>,
): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const told = new Error(secrets.hide(messageOf(error)))
    told.stack = secrets.hide(stackOf(error))
    throw told
  }
}
