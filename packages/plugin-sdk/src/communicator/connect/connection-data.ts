import type { Communicator, GeneratedData } from '@ingot/plugin-rpc'
import { putData } from '../../steps/generated-data.ts'
import type { StateBag } from '../../steps/state-bag.ts'
import type { StepState } from '../../steps/step-state.ts'
import type { CommunicatorConfig } from '../settings/communicator-config.ts'
import type { SshKeyPair } from './ssh-key-pair.ts'

/** Tells the steps that follow how the machine is reached. */
export function putConnection<State extends StepState>(
  state: StateBag<State>,
  communicator: Communicator,
  config: CommunicatorConfig,
): void {
  const bag = state as unknown as StateBag
  bag.put('communicator', communicator)
  bag.put('communicator_config', config)
  putData(bag, connectionData(config, bag.getOk('ssh_key_pair')))
}

/** What provisioners read of a connection as `build.Host` and the like, by the names that Packer's plugins in Go use. */
function connectionData(config: CommunicatorConfig, pair: SshKeyPair | undefined): GeneratedData {
  const isSsh = config.communicator === 'ssh'
  return {
    ConnType: config.communicator,
    Host: (isSsh ? config.ssh_host : config.winrm_host) ?? '',
    Port: (isSsh ? config.ssh_port : config.winrm_port) ?? 0,
    User: (isSsh ? config.ssh_username : config.winrm_username) ?? '',
    Password: (isSsh ? config.ssh_password : config.winrm_password) ?? '',
    SSHPublicKey: pair?.publicKey ?? config.ssh_public_key ?? '',
    SSHPrivateKey: pair?.privateKey ?? config.ssh_private_key ?? '',
    SSHPrivateKeyFile: config.ssh_private_key_file ?? '',
    SSHAgentAuth: config.ssh_agent_auth,
    WinRMPassword: config.winrm_password ?? '',
  }
}
