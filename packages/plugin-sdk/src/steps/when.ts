import type { Step } from './step.ts'
import type { StepState } from './step-state.ts'

/**
 * The step where the condition holds, else none.
 *
 * @example
 * await runSteps([when(config.encrypt, new EncryptDisk()), stepProvision()], build)
 */
export function when<State extends StepState>(
  condition: boolean,
  step: Step<State>,
): Step<State> | undefined {
  return condition ? step : undefined
}
