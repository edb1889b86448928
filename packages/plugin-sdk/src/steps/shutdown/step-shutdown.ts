import { setTimeout as sleep } from 'node:timers/promises'
import { ConnectedMachine } from '../../communicator/connected-machine.ts'
import { formatDuration } from '../../config/duration.ts'
import { messageOf } from '../../errors/message-of.ts'
import type { StateBag } from '../state-bag.ts'
import type { Step } from '../step.ts'
import type { StepState } from '../step-state.ts'
import type { ShutdownConfig } from './shutdown-config.ts'

/** Milliseconds between two looks at a machine that shuts down. */
export const SHUTDOWN_POLL = 1000

/** A machine did not shut down. */
export class ShutdownError extends Error {
  override readonly name = 'ShutdownError'
}

/** What a builder knows of its machine. */
export interface ShutdownOptions<State extends StepState> {
  /** Whether the machine is off. */
  isOff(state: StateBag<State>): boolean | Promise<boolean>
  /** Switches it off, where the template has no command or there is no communicator. */
  switchOff(state: StateBag<State>): void | Promise<void>
  /** Milliseconds between two looks, `SHUTDOWN_POLL` unless told. */
  readonly poll?: number
}

/**
 * Shuts the machine down with the template's `shutdown_command`, or has it switched off, and waits until it is off.
 * That the connection breaks meanwhile is no error.
 */
export function stepShutdown<State extends StepState = StepState>(
  config: ShutdownConfig,
  options: ShutdownOptions<State>,
): Step<State> {
  return {
    name: 'StepShutdown',
    async run(state: StateBag<State>) {
      const command = config.shutdown_command
      if (command && state.getOk('communicator')) await runCommand(command, state)
      else {
        void state.get('ui').say('Switching the machine off...')
        await options.switchOff(state)
      }
      await untilOff(config.shutdown_timeout, options, state)
    },
  }
}

async function runCommand(command: string, state: StateBag): Promise<void> {
  const [ui, signal] = [state.get('ui'), state.get('signal')]
  void ui.say('Gracefully halting the machine...')
  const machine = new ConnectedMachine(state.get('communicator'), { ui, signal })
  try {
    await machine.runWithUi(command)
  } catch (error) {
    signal.throwIfAborted()
    console.error(`The connection broke during the shutdown: ${messageOf(error)}`)
  }
}

async function untilOff<State extends StepState>(
  timeout: number,
  { isOff, poll = SHUTDOWN_POLL }: ShutdownOptions<State>,
  state: StateBag<State>,
): Promise<void> {
  const signal = state.get('signal')
  const deadline = performance.now() + timeout
  while (!(await isOff(state))) {
    if (performance.now() >= deadline) {
      throw new ShutdownError(
        `The machine was not off after ${formatDuration(timeout)}: see whether shutdown_command works, or raise shutdown_timeout`,
      )
    }
    await sleep(poll, undefined, { signal })
  }
}
