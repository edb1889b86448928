import type { Instant } from './time.ts'

/** What happened, who did it, from where, and to what: one row for every change and every refusal. */
export interface AuditEvent {
  readonly at: Instant
  readonly organizationId: string | null
  readonly projectId: string | null
  readonly principalId: string | null
  readonly principalName: string | null
  readonly address: string | null
  readonly sourceChannel: string | null
  /** For example `bucket.create`. */
  readonly action: string
  /** For example `bucket/base-ubuntu/version/01J…`. */
  readonly object: string
  /** `done`, or the code of the refusal. */
  readonly outcome: string
  /** What the refused caller was told. */
  readonly message: string | null
  /** What the object was before, as far as it changed; JSON. */
  readonly before: string | null
  /** What it became; JSON. */
  readonly after: string | null
}

/** An event in its place: places are counted from 1, without gaps. */
export interface RecordedEvent extends AuditEvent {
  readonly sequence: number
}
