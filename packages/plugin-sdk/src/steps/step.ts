import type { StateBag } from './state-bag.ts'
import type { StepState } from './step-state.ts'

/** Whether the next step runs. Without an answer it does. */
// biome-ignore lint/suspicious/noConfusingVoidType: a method that returns nothing is of no other type
export type StepResult = 'continue' | 'halt' | void

/**
 * One step of a build, which can take back what it did. `State` names what it reads from and puts into the state
 * bag; a step that needs no more than {@link StepState} fits into every build.
 *
 * @example
 * interface VolumeState extends StepState {
 *   volume: string
 * }
 *
 * class CreateVolume implements Step<VolumeState> {
 *   async run(state: StateBag<VolumeState>) {
 *     state.put('volume', await createVolume())
 *   }
 *
 *   async cleanup(state: StateBag<VolumeState>) {
 *     const volume = state.getOk('volume')
 *     if (volume !== undefined) await deleteVolume(volume)
 *   }
 * }
 */
export interface Step<State extends StepState = StepState> {
  /** What messages call it; unless told, the name of its class. */
  readonly name?: string
  /**
   * Does its part. To give up, throw: the error is put into the state as `error` and the build halts. `halt` without an
   * error is for a step that has put one, or has none.
   */
  run(state: StateBag<State>): StepResult | Promise<StepResult>
  /**
   * Takes back what is not to stay. It runs at the end of the build, however that ends, once `run` has begun, also where
   * `run` halted; `cancelled` and `halted` in the state tell whether the build was stopped.
   */
  cleanup?(state: StateBag<State>): void | Promise<void>
}

/** What messages call a step. */
export function stepName(step: Pick<Step, 'name'>): string {
  if (step.name) return step.name
  const { name } = step.constructor
  return name === '' || name === 'Object' ? 'step' : name
}
