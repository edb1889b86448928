import type { Ui } from '@ingot/plugin-rpc'

/**
 * What the user reads. Lines arrive in the order they were said, without awaiting; the promises of all but `ask`
 * resolve when the host has the line and never reject, so there is nothing to catch.
 */
export interface BuildUi extends Omit<Ui, 'message' | 'ask'> {
  /** Throws where nobody can be asked, and {@link CancelledError} when `signal` is aborted before there is an answer. */
  ask(question: string, options?: AskOptions): Promise<string>
}

/** How long an answer is waited for. */
export interface AskOptions {
  /** Takes the question back. */
  readonly signal?: AbortSignal
}
