import { messageOf } from '../../errors/message-of.ts'
import type { Step } from '../../steps/step.ts'
import { ConnectedMachine } from '../connected-machine.ts'
import type { CommunicatorConfig } from '../settings/communicator-config.ts'

/**
 * Removes the temporary key from the `authorized_keys` of the user and of root, where `ssh_clear_authorized_keys`
 * says so. A machine on which that cannot be done is none that the build fails for.
 */
export function stepCleanupTempKeys(config: CommunicatorConfig): Step {
  return {
    name: 'StepCleanupTempKeys',
    async run(state) {
      const communicator = state.getOk('communicator')
      const name = state.getOk('ssh_key_pair')?.name || config.temporary_key_pair_name
      if (!config.ssh_clear_authorized_keys || config.communicator !== 'ssh' || !name || !communicator) return
      const ui = state.get('ui')
      void ui.say('Trying to remove ephemeral keys from authorized_keys files')
      const machine = new ConnectedMachine(communicator, { ui, signal: state.get('signal') })
      for (const command of commands(name)) {
        await machine.runWithUi(command).catch((error) => {
          state.get('signal').throwIfAborted()
          console.error(`The temporary key ${name} may still be on the machine: ${messageOf(error)}`)
        })
      }
    },
  }
}

/** The key's name ends its line. */
function commands(name: string): readonly string[] {
  const pattern = name.replace(/[\\/.*[\]^$]/g, String.raw`\$&`).replaceAll("'", `'\\''`)
  return ['', 'sudo '].map((sudo) => {
    const file = `${sudo ? '/root' : '~'}/.ssh/authorized_keys`
    return `${sudo}sed -i.bak '/ ${pattern}$/d' ${file}; ${sudo}rm ${file}.bak`
  })
}
