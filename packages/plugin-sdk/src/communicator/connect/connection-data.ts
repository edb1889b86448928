import type { GeneratedData } from '@ingot/plugin-rpc'
import type { CommunicatorConfig } from '../settings/communicator-config.ts'
import type { SshKeyPair } from './ssh-key-pair.ts'

/** What provisioners read of a connection as `build.Host` and the like, by the names that Packer's plugins in Go use. */
export function connectionData(config: CommunicatorConfig, pair: SshKeyPair | undefined): GeneratedData {
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
