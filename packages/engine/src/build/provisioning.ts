import type { Hook } from '@ingot/plugin-rpc'

/** Answers the provisioning of a build that has no provisioners: it is over at once. */
export const noProvisioners: Hook = {
  async run() {
    // Nothing to provision.
  },
}
