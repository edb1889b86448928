import type { BuildCall, Communicator, GeneratedData, Ui } from '@ingot/plugin-rpc'
import { CancelledError } from '../errors/cancelled-error.ts'
import { messageOf } from '../errors/message-of.ts'

interface Surroundings {
  readonly hook: BuildCall['hook']
  readonly ui: Ui
  readonly signal: AbortSignal
  /** Whether the clean-up provisioner runs when provisioning fails. */
  readonly cleansUp: boolean
}

interface Provisioning {
  readonly communicator: Communicator | undefined
  readonly data: GeneratedData
}

/**
 * Has the host run the template's provisioners, and its clean-up provisioner when they fail. Resolves when they
 * have ended, also after a cancellation: only then can what they work on be taken away.
 */
export async function runProvisioners(build: Surroundings, provisioning: Provisioning): Promise<void> {
  const { hook, cleansUp, ...call } = { ...build, ...provisioning }
  CancelledError.throwIf(build.signal)
  try {
    await hook.run({ ...call, name: 'packer_provision' })
  } catch (error) {
    CancelledError.throwIf(build.signal)
    if (cleansUp) await cleanUp({ hook, ...call }, error)
    throw error
  }
  CancelledError.throwIf(build.signal)
}

/** Has the host run the template's clean-up provisioner. */
export async function runErrorCleanup(
  { ui, hook, signal }: Omit<Surroundings, 'cleansUp'>,
  provisioning: Provisioning,
): Promise<void> {
  CancelledError.throwIf(signal)
  void ui.say('Provisioning step had errors: Running the cleanup provisioner, if present...')
  await hook.run({ ...provisioning, ui, signal, name: 'packer_cleanup_provision' })
}

async function cleanUp(
  { hook, ui, signal, ...provisioning }: Omit<Surroundings, 'cleansUp'> & Provisioning,
  original: unknown,
): Promise<void> {
  try {
    await runErrorCleanup({ hook, ui, signal }, provisioning)
  } catch (error) {
    throw new Error(
      `The clean-up provisioner failed: ${messageOf(error)}. Before, provisioning failed: ${messageOf(original)}`,
    )
  }
}
