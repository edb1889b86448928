import { setTimeout as sleep } from 'node:timers/promises'
import { formatDuration } from '../../config/duration.ts'
import { CancelledError } from '../../errors/cancelled-error.ts'
import type { StateBag } from '../../steps/state-bag.ts'
import type { Step } from '../../steps/step.ts'
import type { StepState } from '../../steps/step-state.ts'
import type { CommunicatorConfig } from '../settings/communicator-config.ts'
import type { SshSettings } from '../settings/ssh-settings.ts'
import type { WinRMSettings } from '../winrm/settings.ts'
import { sshStep } from './ssh-step.ts'
import { winrmStep } from './winrm-step.ts'

/** What a step that connects has to know. */
export interface ConnectOptions<State extends StepState = StepState> {
  /** The builder's configuration. */
  readonly config: CommunicatorConfig
  /** Finds out the machine's address, and throws while it has none; not asked where the template gives an address. */
  readonly host: (state: StateBag<State>) => string | Promise<string>
  /** Finds out the port, where it is not the template's. */
  readonly port?: (state: StateBag<State>) => number | Promise<number>
  /** What the builder knows better than the template; a key pair in the state needs not be told. */
  readonly ssh?: (state: StateBag<State>) => Partial<SshSettings> | Promise<Partial<SshSettings>>
  /** What the builder knows better than the template, as a password that the platform made. */
  readonly winrm?: (state: StateBag<State>) => Partial<WinRMSettings> | Promise<Partial<WinRMSettings>>
  /** Steps for communicators of the builder's own, and in the place of the usual ones; each puts `communicator`. */
  readonly custom?: Readonly<Record<string, Step<State>>>
  /** Milliseconds between two attempts, 5000 unless told. */
  readonly retryDelay?: number
}

/**
 * Connects to the machine as `communicator` of the template says, and puts `communicator` and what provisioners read of
 * the connection into the state. Without a machine to reach (`none`), there is no communicator.
 *
 * @throws SshError, WinRMError.
 *
 * @example
 * await runSteps([new CreateMachine(), stepConnect({ config, host: (state) => state.get('address') }), stepProvision()], build)
 */
export function stepConnect<State extends StepState = StepState>(
  options: ConnectOptions<State>,
): Step<State> {
  const { config, custom = {} } = options
  const type = config.communicator
  const usual: Readonly<Record<string, Step<State>>> = {
    none: { run: () => {} },
    ssh: sshStep(options),
    winrm: winrmStep(options),
  }
  const step = Object.hasOwn(custom, type) ? custom[type] : usual[type]
  return {
    name: 'StepConnect',
    async run(state) {
      if (!step) throw new Error(`There is no communicator ${type}`)
      if ((await step.run(state)) === 'halt') return 'halt'
      const pause = config.pause_before_connecting ?? 0
      if (pause > 0 && type !== 'none') {
        await pauseFor(pause, state)
        if ((await step.run(state)) === 'halt') return 'halt'
      }
      if (state.getOk('communicator_config') === undefined)
        state.put('communicator_config', config as State['communicator_config'])
      return 'continue'
    },
    cleanup: (state) => step?.cleanup?.(state),
  }
}

/** The login says that a machine is up; it may go down once more before it is ready. */
async function pauseFor<State extends StepState>(
  milliseconds: number,
  state: StateBag<State>,
): Promise<void> {
  void state.get('ui').say(`Pausing ${formatDuration(milliseconds)} before connecting...`)
  const signal = state.get('signal')
  await sleep(milliseconds, undefined, { signal }).catch(() => CancelledError.throwIf(signal))
}
