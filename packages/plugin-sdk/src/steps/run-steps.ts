import type { Build } from '../builder/definition.ts'
import { CancelledError, isCancelled } from '../errors/cancelled-error.ts'
import { messageOf } from '../errors/message-of.ts'
import { type OnError, onError } from './on-error.ts'
import { debugPause } from './pause.ts'
import { type StateBag, stateBag } from './state-bag.ts'
import { type Step, stepName } from './step.ts'
import type { StepState } from './step-state.ts'

/** A step halted the build without saying why. */
export class HaltedError extends Error {
  override readonly name = 'HaltedError'

  constructor() {
    super('Build was halted.')
  }
}

/** What steps need of a build: all that `run` of a builder gets will do. */
export type StepsBuild = Pick<
  Build<unknown>,
  'config' | 'packer' | 'ui' | 'signal' | 'render' | 'provision' | 'cleanUpProvisioning' | 'cleanup'
>

/**
 * Runs steps one after the other until one halts or the build is cancelled, and then cleans up in reverse, beginning
 * with the one that ran last. Undefined steps are skipped. `first` is in the state from the beginning, as `driver`.
 * What the user wants with `-on-error` and `-debug` is heeded. Answers the state that the steps have left.
 *
 * @throws What a step threw or put as `error`; {@link CancelledError}; {@link HaltedError}.
 *
 * @example
 * async run(build) {
 *   const state = await runSteps<VolumeState>([new CreateVolume(), stepProvision(), new Snapshot()], build, { driver })
 *   return { id: state.get('snapshot'), images: … }
 * }
 */
export async function runSteps<State extends StepState = StepState>(
  steps: readonly (Step<State> | undefined)[],
  build: StepsBuild,
  first: Partial<State> = {},
): Promise<StateBag<State>> {
  const state = stateBag<State>({ ...beginning(build), ...first } as Partial<State>)
  const run = new StepsRun(state, build)
  const running = Promise.resolve(steps.filter((step) => step !== undefined)).then((all) => run.all(all))
  const stop = () => {
    state.put('cancelled', true)
    // What ended the build otherwise does not wait for its author's code, but for clean-ups.
    if (!isCancelled(build.signal)) build.cleanup(() => running)
  }
  if (build.signal.aborted) stop()
  build.signal.addEventListener('abort', stop)
  await running.finally(() => build.signal.removeEventListener('abort', stop))
  throwWhy(state)
  return state
}

function beginning(build: StepsBuild): Partial<StepState> {
  const { config, packer, ui, signal, render } = build
  return {
    ...{ config, packer, ui, signal, render },
    debug: packer.debug,
    provision: (call) => build.provision(call),
    cleanUpProvisioning: (call) => build.cleanUpProvisioning(call),
    ...(packer.debug ? { pauseFn: debugPause(build) } : {}),
  }
}

function throwWhy(state: StateBag): void {
  const error = state.getOk('error')
  if (error !== undefined) throw error
  if (state.getOk('cancelled')) throw new CancelledError()
  if (state.getOk('halted')) throw new HaltedError()
}

/** One way through the steps, and back. */
class StepsRun<State extends StepState> {
  readonly #state: StateBag<State>
  readonly #signal: AbortSignal
  readonly #policy: OnError
  /** The last first. */
  readonly #ran: Step<State>[] = []
  readonly #paused = new Set<Step<State>>()

  constructor(state: StateBag<State>, { packer, signal }: StepsBuild) {
    this.#state = state
    this.#signal = signal
    this.#policy = onError(packer.onError, state)
  }

  async all(steps: readonly Step<State>[]): Promise<void> {
    await this.#forward(steps)
    await this.#back()
  }

  async #forward(steps: readonly Step<State>[]): Promise<void> {
    for (const step of steps) {
      if (this.#signal.aborted) return
      this.#ran.unshift(step)
      if (!(await this.#goesOn(step))) return
      await this.#pause('after run of', step)
      this.#paused.add(step)
    }
  }

  async #back(): Promise<void> {
    const [last] = this.#ran
    if (last) this.#policy.stopped(stepName(last))
    for (const step of this.#ran) {
      if (this.#paused.has(step)) await this.#pause('before cleanup of', step)
      if (this.#policy.cleansUp(stepName(step))) await this.#cleanUp(step)
    }
  }

  async #goesOn(step: Step<State>): Promise<boolean> {
    for (;;) {
      const result = await this.#attempt(step)
      if (this.#signal.aborted) return false
      if (result !== 'halt') return true
      if (!(await this.#policy.retries(stepName(step)))) break
      this.#state.remove('error')
    }
    if (!this.#signal.aborted) this.#state.put('halted', true)
    return false
  }

  async #attempt(step: Step<State>) {
    try {
      return await step.run(this.#state)
    } catch (error) {
      // That it was cancelled is no error of the step's.
      if (!(this.#signal.aborted && isAbort(error))) this.#state.put('error', asError(error))
      return 'halt'
    }
  }

  async #pause(when: 'after run of' | 'before cleanup of', step: Step<State>): Promise<void> {
    await this.#state.getOk('pauseFn')?.(when, stepName(step))
  }

  /** One failing clean-up must not keep the others from running, nor hide why the build failed. */
  async #cleanUp(step: Step<State>): Promise<void> {
    try {
      await step.cleanup?.(this.#state)
    } catch (error) {
      void this.#state.get('ui').error(`Cleaning up step "${stepName(step)}" failed: ${messageOf(error)}`)
    }
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error instanceof CancelledError)
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(messageOf(error), { cause: error })
}
