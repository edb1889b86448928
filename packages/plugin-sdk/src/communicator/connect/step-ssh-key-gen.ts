import { randomUUID } from 'node:crypto'
import type { Step } from '../../steps/step.ts'
import type { CommunicatorConfig } from '../settings/communicator-config.ts'
import { readKeys } from '../ssh/credentials.ts'
import { readKeyFile } from '../ssh/private-key.ts'
import { authorizedKey, createSshKeyPair, type SshKeyPair } from './ssh-key-pair.ts'

/**
 * Puts a key pair into the state as `ssh_key_pair`: that of the template, or a temporary one of the kind that
 * `temporary_key_pair_type` and `temporary_key_pair_bits` name, where the template gives nothing else to log in with.
 * The public key is for the builder to bring to the machine; {@link stepConnect} logs in with it.
 */
export function stepSshKeyGen(config: CommunicatorConfig): Step {
  return {
    name: 'StepSSHKeyGen',
    async run(state) {
      if (config.communicator !== 'ssh') return
      const ui = state.get('ui')
      if (config.ssh_private_key_file || config.ssh_private_key) {
        void ui.say('Using existing SSH private key')
        return state.put('ssh_key_pair', await given(config))
      }
      if (config.ssh_agent_auth || config.ssh_password) return
      const type = config.temporary_key_pair_type
      void ui.say(`Creating temporary ${type.toUpperCase()} SSH key for instance...`)
      const name = config.temporary_key_pair_name || `packer_${randomUUID()}`
      const bits = config.temporary_key_pair_bits
      state.put('ssh_key_pair', await createSshKeyPair({ type, name, ...(bits ? { bits } : {}) }))
    },
  }
}

async function given(config: CommunicatorConfig): Promise<SshKeyPair> {
  const { ssh_private_key_file: file, ssh_private_key: text = '' } = config
  const [key] = await readKeys(file ? { privateKeyFile: file } : { privateKey: text })
  const privateKey = file ? await readKeyFile(file) : text
  return { name: '', privateKey, publicKey: authorizedKey(key!.getPublicSSH()) }
}
