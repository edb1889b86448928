import type { Client, Clock } from '@ingot/client'
import type { Environment } from '@ingot/plugin-rpc'
import type { OnEvent } from '../events.ts'

/** How a plan is run. */
export interface RunOptions {
  readonly client: Client
  readonly onEvent?: OnEvent
  /** How many builds run at a time; all of them unless told. */
  readonly parallel?: number
  /** Cancels: builders are told, and waited for until they have cleaned up. */
  readonly signal?: AbortSignal
  /** Ends everything at once: plugin processes are killed, the registry is not waited for. */
  readonly killSignal?: AbortSignal
  /** Names the run in the registry, a UUID; a fresh one unless told. */
  readonly runUuid?: string
  /** Where plugins are looked for is read from it; `process.env` unless told. */
  readonly env?: Environment
  /** Where a rescue file goes when the registry stays away; the working folder unless told. */
  readonly rescueFolder?: string
  /** Between two heartbeats, in milliseconds; two minutes, as packer has it, unless told. */
  readonly heartbeatMs?: number
  /** How long a finished build waits for a registry that is away, in milliseconds; a minute unless told. */
  readonly patienceMs?: number
  readonly clock?: Clock
}

export const DEFAULT_PATIENCE_MS = 60_000
/** How long a registry is waited for once the run has been cancelled, or only to tell that a build has failed. */
export const SHORT_PATIENCE_MS = 5_000
/** How long a run that is ended at once takes, in milliseconds, to tell the registry that its builds are cancelled. */
export const LAST_WORD_MS = 2_000
