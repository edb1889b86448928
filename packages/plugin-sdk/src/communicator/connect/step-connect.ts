import { setTimeout as sleep } from 'node:timers/promises'
import { formatDuration } from '../../config/duration.ts'
import { CancelledError } from '../../errors/cancelled-error.ts'
import { messageOf } from '../../errors/message-of.ts'
import { putData } from '../../steps/generated-data.ts'
import type { StateBag } from '../../steps/state-bag.ts'
import type { Step } from '../../steps/step.ts'
import type { StepState } from '../../steps/step-state.ts'
import type { CommunicatorConfig } from '../settings/communicator-config.ts'
import { type SshSettings, sshSettings } from '../settings/ssh-settings.ts'
import { connectSsh, SSH_RETRY_DELAY } from '../ssh/connect-ssh.ts'
import type { SshMachine } from '../ssh/ssh-machine.ts'
import { connectWinRM } from '../winrm/connect-winrm.ts'
import { type WinRMSettings, winRMSettings } from '../winrm/settings.ts'
import { connectionData } from './connection-data.ts'

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
  /** Milliseconds between two attempts; 5 seconds unless told. */
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

function sshStep<State extends StepState>(options: ConnectOptions<State>): Step<State> {
  const { config, host, port, ssh, retryDelay = SSH_RETRY_DELAY } = options
  let machine: SshMachine | undefined
  return {
    async run(state) {
      await machine?.close()
      const pair = state.getOk('ssh_key_pair')
      // A key of the template's file is read from there.
      const key = pair && !config.ssh_private_key_file ? { privateKey: pair.privateKey } : {}
      const settings = sshSettings(config, { ...key, ...(await ssh?.(state)) })
      const found = finding(state, 'SSH', { given: config.ssh_host, host })
      const at = { port: settings.port ?? 22 }
      machine = await connectSsh(settings, {
        host: found.host,
        port: async () => {
          at.port = (await port?.(state)) ?? at.port
          return at.port
        },
        ui: state.get('ui'),
        signal: state.get('signal'),
        retryDelay,
      })
      const reached = {
        ...config,
        ssh_host: found.last(),
        ssh_port: at.port,
        ssh_username: settings.username,
      }
      state.put('communicator', machine.communicator)
      state.put('communicator_config', reached as State['communicator_config'])
      putData(state as unknown as StateBag, connectionData(reached, pair))
    },
    cleanup: () => machine?.close(),
  }
}

function winrmStep<State extends StepState>(options: ConnectOptions<State>): Step<State> {
  const { config, host, port, winrm, retryDelay = SSH_RETRY_DELAY } = options
  return {
    async run(state) {
      const signal = state.get('signal')
      const limit = AbortSignal.any([signal, AbortSignal.timeout(config.winrm_timeout)])
      const found = finding(state, 'WinRM', { given: config.winrm_host, host })
      await known(found.host, { limit, signal, retryDelay })
      const told = port ? { port: await port(state) } : {}
      const settings = winRMSettings(config, { ...told, ...(await winrm?.(state)) })
      const machine = await connectWinRM(settings, {
        host: found.last(),
        ui: state.get('ui'),
        signal,
        retryDelay,
      })
      const reached = {
        ...config,
        winrm_host: found.last(),
        winrm_port: settings.port ?? (settings.useSsl ? 5986 : 5985),
        winrm_username: settings.username,
        winrm_password: settings.password,
      }
      state.put('communicator', machine.communicator)
      state.put('communicator_config', reached as State['communicator_config'])
      putData(state as unknown as StateBag, connectionData(reached, undefined))
    },
  }
}

interface Finding<State extends StepState> {
  readonly given: string | undefined
  readonly host: ConnectOptions<State>['host']
}

/** Finds out the address, and says it once. */
function finding<State extends StepState>(
  state: StateBag<State>,
  kind: string,
  { given, host }: Finding<State>,
) {
  let last: string | undefined
  return {
    host: async () => {
      const address = given || (await host(state))
      if (last === undefined) void state.get('ui').say(`Using ${kind} communicator to connect: ${address}`)
      last = address
      return address
    },
    last: () => last ?? '',
  }
}

interface Patience {
  readonly limit: AbortSignal
  readonly signal: AbortSignal
  readonly retryDelay: number
}

async function known(host: () => Promise<string>, { limit, signal, retryDelay }: Patience): Promise<void> {
  for (;;) {
    try {
      await host()
      return
    } catch (error) {
      console.error(`The machine's address is not known yet: ${messageOf(error)}`)
      await sleep(retryDelay, undefined, { signal: limit }).catch(() => {})
      CancelledError.throwIf(signal)
      if (limit.aborted)
        throw new Error(`Timeout waiting for WinRM: the machine has no address: ${messageOf(error)}`)
    }
  }
}
