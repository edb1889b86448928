import { writeFile } from 'node:fs/promises'
import type { Step } from '../../steps/step.ts'

/** With `-debug`, writes the private key to a file that only the user reads, and leaves it there. */
export function stepDumpSshKey(path: string): Step {
  return {
    name: 'StepDumpSSHKey',
    async run(state) {
      const pair = state.getOk('ssh_key_pair')
      if (!state.get('debug') || !pair) return
      void state.get('ui').say(`Saving key for debug purposes: ${path}`)
      await writeFile(path, pair.privateKey, { mode: 0o600 })
    },
  }
}
