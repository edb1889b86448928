import type { ClientError } from '@ingot/client'
import type { BuildRecord } from './publish/build-record.ts'
import type { ChannelOutcome } from './publish/finish-version.ts'

/** What happens during a run, as it happens; the engine prints nothing. `component` is the build's name, `tarball-image.web`. */
export type EngineEvent =
  | { readonly type: 'plugin-ignored'; readonly file: string; readonly reason: string }
  | { readonly type: 'plugin-log'; readonly component: string; readonly line: string }
  | { readonly type: 'warning'; readonly component: string; readonly text: string }
  | {
      readonly type: 'version-opened'
      readonly bucket: string
      readonly fingerprint: string
      readonly id: string
    }
  | { readonly type: 'build-skipped'; readonly component: string }
  | { readonly type: 'build-started'; readonly component: string }
  | BuildOutput
  | BuildTransfer
  | { readonly type: 'build-made'; readonly component: string; readonly description: string }
  | { readonly type: 'build-published'; readonly component: string; readonly record: BuildRecord }
  | { readonly type: 'build-failed'; readonly component: string; readonly reason: string }
  | { readonly type: 'build-cancelled'; readonly component: string }
  | { readonly type: 'registry-trouble'; readonly component: string; readonly error: ClientError }
  | { readonly type: 'rescued'; readonly file: string; readonly command: string }
  | { readonly type: 'rescue-failed'; readonly reason: string; readonly manifest: string }
  | ({ readonly type: 'channel' } & ChannelOutcome)
  | { readonly type: 'version-finished'; readonly name: string; readonly complete: boolean }

/** What a builder says. */
export interface BuildOutput {
  readonly type: 'output'
  readonly component: string
  readonly kind: 'say' | 'message' | 'error'
  readonly text: string
}

/** How far a download or upload of a builder has come, in bytes; `total` is 0 where it is not known. */
export interface BuildTransfer {
  readonly type: 'transfer'
  readonly component: string
  /** Tells transfers of one build apart. */
  readonly id: number
  readonly source: string
  readonly done: number
  readonly total: number
  readonly ended: boolean
}

/** Gets every event, in order. It must not throw. */
export type OnEvent = (event: EngineEvent) => void
