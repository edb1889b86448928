import type { Step } from '../../steps/step.ts'
import type { StepState } from '../../steps/step-state.ts'
import { connectWinRM, WINRM_RETRY_DELAY } from '../winrm/connect-winrm.ts'
import { winRMSettings } from '../winrm/settings.ts'
import { putConnection } from './connection-data.ts'
import { MachineAddress } from './machine-address.ts'
import type { ConnectOptions } from './step-connect.ts'

/** Connects by WinRM, and anew each time it runs. */
export function winrmStep<State extends StepState>(options: ConnectOptions<State>): Step<State> {
  let address: MachineAddress | undefined
  return {
    async run(state) {
      const [ui, signal] = [state.get('ui'), state.get('signal')]
      const { config, port, winrm, retryDelay = WINRM_RETRY_DELAY } = options
      const find = () => options.host(state)
      const limit = AbortSignal.any([signal, AbortSignal.timeout(config.winrm_timeout)])
      address ??= new MachineAddress({ kind: 'WinRM', given: config.winrm_host, find, ui })
      const host = await address.wait({ limit, signal, retryDelay })
      const told = port ? { port: await port(state) } : {}
      const settings = winRMSettings(config, { ...told, ...(await winrm?.(state)) })
      const machine = await connectWinRM(settings, { host, ui, signal, retryDelay })
      putConnection(state, machine.communicator, {
        ...config,
        winrm_host: host,
        winrm_port: settings.port ?? (settings.useSsl ? 5986 : 5985),
        winrm_username: settings.username,
        winrm_password: settings.password,
      })
    },
  }
}
