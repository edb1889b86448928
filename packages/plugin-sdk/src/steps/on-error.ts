import { messageOf } from '../errors/message-of.ts'
import { answer } from './pause.ts'
import type { StateBag } from './state-bag.ts'
import { PROVISION_STEP } from './step-provision.ts'

/** What happens when a build is stopped, as the user wants it with `-on-error`. Steps go by their names. */
export interface OnError {
  /** Whether a step that halted runs again. */
  retries(step: string): Promise<boolean>
  /** Before the clean-ups, with the name of the step that ran last. */
  stopped(step: string): void
  /** Whether a step is cleaned up. */
  cleansUp(step: string): boolean
}

/** What the policy of that name does to a build. */
export function onError(policy: string, state: StateBag): OnError {
  if (policy === 'ask') return new Ask(state)
  if (policy === 'abort') return new Abort(state)
  if (policy === 'run-cleanup-provisioner') return new Abort(state, PROVISION_STEP)
  return new CleanUp()
}

class CleanUp implements OnError {
  async retries(): Promise<boolean> {
    return false
  }

  stopped(): void {}

  cleansUp(): boolean {
    return true
  }
}

/** Leaves everything as it is, but for one step. */
class Abort implements OnError {
  readonly #state: StateBag
  readonly #exception: string | undefined
  #last: string | undefined

  constructor(state: StateBag, exception?: string) {
    this.#state = state
    this.#exception = exception
  }

  async retries(): Promise<boolean> {
    return false
  }

  stopped(step: string): void {
    if (!isStopped(this.#state)) return
    this.#last = step
    showError(this.#state)
    const isCancelled = this.#state.getOk('cancelled')
    const told = isCancelled ? 'Interrupted, aborting...' : `Step "${step}" failed, aborting...`
    void this.#state.get('ui').error(told)
  }

  cleansUp(step: string): boolean {
    if (!isStopped(this.#state) || step === this.#exception) return true
    if (step === this.#last) this.#last = undefined
    else void this.#state.get('ui').error(`aborted: skipping cleanup of step "${step}"`)
    return false
  }
}

/** Has the user decide; what is aborted is left as {@link Abort} leaves it. */
class Ask implements OnError {
  readonly #state: StateBag
  #decided: OnError = new CleanUp()

  constructor(state: StateBag) {
    this.#state = state
  }

  async retries(step: string): Promise<boolean> {
    showError(this.#state)
    void this.#state.get('ui').say(`Step "${step}" failed`)
    const choice = await choose(this.#state)
    if (choice === 'abort') {
      this.#state.put('aborted', true)
      this.#decided = new Abort(this.#state)
    }
    return choice === 'retry'
  }

  stopped(step: string): void {
    this.#decided.stopped(step)
  }

  cleansUp(step: string): boolean {
    return this.#decided.cleansUp(step)
  }
}

/** Word for word what Go's builders ask, for programs that answer it. */
const question =
  '[c] Clean up and exit, [a] abort without cleanup, or [r] retry step (build may fail even if retry succeeds)?'
const choices = new Map([
  ['', 'clean up'],
  ['c', 'clean up'],
  ['a', 'abort'],
  ['r', 'retry'],
] as const)

/** As its first letter says, however often it takes; without an answer it is cleaned up. */
async function choose(state: StateBag): Promise<'clean up' | 'abort' | 'retry'> {
  const [ui, signal] = [state.get('ui'), state.get('signal')]
  for (;;) {
    const line = await answer(question, { ui, signal })
    const choice = choices.get((line ?? '').trim().charAt(0).toLowerCase() as 'c')
    if (choice !== undefined) return choice
    void ui.say(`Incorrect input: ${JSON.stringify(line)}`)
  }
}

function isStopped(state: StateBag): boolean {
  return state.getOk('cancelled') === true || state.getOk('halted') === true
}

function showError(state: StateBag): void {
  const error = state.getOk('error')
  if (error !== undefined) void state.get('ui').error(messageOf(error))
}
