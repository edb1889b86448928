import type { Ui } from '@ingot/plugin-rpc'

/**
 * What the user reads. Lines arrive in the order they were said, without awaiting; the promises of all but `ask`
 * resolve when the host has the line and never reject, so there is nothing to catch.
 */
export type BuildUi = Omit<Ui, 'message'>
