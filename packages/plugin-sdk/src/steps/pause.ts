import { CancelledError } from '../errors/cancelled-error.ts'
import { messageOf } from '../errors/message-of.ts'
import type { BuildUi } from '../ui/build-ui.ts'
import type { PauseFunction } from './step-state.ts'

interface Asking {
  readonly ui: BuildUi
  readonly signal: AbortSignal
}

/** Asks the user to go on, after each step and before each clean-up; a cancelled build waits for nobody. */
export function debugPause({ ui, signal }: Asking): PauseFunction {
  return async (when, step) => {
    await answer(`Pausing ${when} step '${step}'. Press enter to continue.`, { ui, signal })
  }
}

/** Undefined where the build is cancelled, or nobody can be asked. */
export async function answer(question: string, { ui, signal }: Asking): Promise<string | undefined> {
  if (signal.aborted) return
  try {
    return await ui.ask(question, { signal })
  } catch (error) {
    if (!(error instanceof CancelledError)) console.error(`Nobody answered a question: ${messageOf(error)}`)
    return
  }
}
