import type { Progress, Transfer } from '@ingot/plugin-rpc'

/**
 * What the user reads. Lines arrive in the order they were said, without awaiting; each promise resolves when
 * the host has its line and never rejects, so there is nothing to catch.
 */
export interface BuildUi {
  say(text: string): Promise<void>
  /** Shown as an error; the build goes on. */
  error(text: string): Promise<void>
  /** Throws where nobody can answer. */
  ask(question: string): Promise<string>
  /** For `packer -machine-readable`. */
  machine(category: string, ...args: readonly string[]): Promise<void>
  /** A progress bar; sizes in bytes. */
  trackProgress(transfer: Transfer): Promise<Progress>
}
