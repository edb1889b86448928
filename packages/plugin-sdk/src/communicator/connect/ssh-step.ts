import type { StateBag } from '../../steps/state-bag.ts'
import type { Step } from '../../steps/step.ts'
import type { StepState } from '../../steps/step-state.ts'
import { type SshSettings, sshSettings } from '../settings/ssh-settings.ts'
import { connectSsh, SSH_RETRY_DELAY } from '../ssh/connect-ssh.ts'
import type { SshMachine } from '../ssh/ssh-machine.ts'
import { putConnection } from './connection-data.ts'
import { MachineAddress } from './machine-address.ts'
import type { ConnectOptions } from './step-connect.ts'

/** Connects by SSH, and anew each time it runs. */
export function sshStep<State extends StepState>(options: ConnectOptions<State>): Step<State> {
  let machine: SshMachine | undefined
  let address: MachineAddress | undefined
  return {
    async run(state) {
      await machine?.close()
      const [ui, signal] = [state.get('ui'), state.get('signal')]
      const { config, retryDelay = SSH_RETRY_DELAY } = options
      const find = () => options.host(state)
      address ??= new MachineAddress({ kind: 'SSH', given: config.ssh_host, find, ui })
      await address.findEarly()
      const settings = await settingsOf(options, state)
      const at = { host: '', port: settings.port ?? 22 }
      const host = async () => {
        at.host = await address!.find()
        return at.host
      }
      const port = async () => {
        at.port = (await options.port?.(state)) ?? at.port
        return at.port
      }
      machine = await connectSsh(settings, { host, port, ui, signal, retryDelay })
      const reached = { ssh_host: at.host, ssh_port: at.port, ssh_username: settings.username }
      putConnection(state, machine.communicator, { ...config, ...reached })
    },
    cleanup: () => machine?.close(),
  }
}

/** A key of the template's file is read from there; any other comes from the state. */
async function settingsOf<State extends StepState>(
  { config, ssh }: ConnectOptions<State>,
  state: StateBag<State>,
): Promise<SshSettings> {
  const pair = config.ssh_private_key_file ? undefined : state.getOk('ssh_key_pair')
  return sshSettings(config, { ...(pair ? { privateKey: pair.privateKey } : {}), ...(await ssh?.(state)) })
}
