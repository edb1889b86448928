import type { GeneratedData } from '@ingot/plugin-rpc'
import { messageOf } from '../errors/message-of.ts'
import { httpAddress } from './http/http-address.ts'
import type { StateBag } from './state-bag.ts'
import type { Step } from './step.ts'

/** The name of {@link stepProvision}, whose clean-up `-on-error=run-cleanup-provisioner` singles out. */
export const PROVISION_STEP = 'StepProvision'

/**
 * Runs the template's provisioners on the machine behind `communicator`, with `generated_data`, `instance_id` and the
 * address of the HTTP server as what they read. A cancelled build waits for them to end. When the build fails at this
 * step or a later one, the template's `error-cleanup-provisioner` runs in its clean-up.
 */
export function stepProvision(): Step {
  return {
    name: PROVISION_STEP,
    async run(state) {
      const data = { ...identity(state), ...httpAddress(state), ...state.getOk('generated_data') }
      state.put('generated_data', data)
      await state.get('provision')({ ...communicatorOf(state), data, errorCleanup: 'later' })
    },
    async cleanup(state) {
      const original = state.getOk('error')
      if (original === undefined || state.getOk('cancelled')) return
      try {
        await state.get('cleanUpProvisioning')(communicatorOf(state))
      } catch (error) {
        const both = `Cleanup failed: ${messageOf(error)}. Original Provisioning error: ${messageOf(original)}`
        state.put('error', new Error(both))
      }
    },
  }
}

function communicatorOf(state: StateBag) {
  const communicator = state.getOk('communicator')
  return communicator ? { communicator } : {}
}

function identity(state: StateBag): GeneratedData {
  const id = state.getOk('instance_id')
  return id ? { ID: id } : {}
}
