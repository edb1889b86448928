import type { Clock } from './clock.ts'

/** Everything a client needs to know; nothing is read from the environment or a file behind it. */
export interface ClientSettings {
  /** Where the API is, without a path: `https://registry.example:8443`; `http:` only for tests. */
  readonly url: string
  /** Where tokens come from, without a path; the API's own address unless told. Always `https:`. */
  readonly authUrl?: string
  readonly clientId: string
  readonly clientSecret: string
  /** Found by asking the registry unless both ids are given. */
  readonly organizationId?: string
  readonly projectId?: string
  /** Certificate authorities in PEM, trusted instead of those that come with Node. */
  readonly ca?: string
  /** Takes any certificate; for trials only. */
  readonly insecure?: { readonly api?: boolean; readonly auth?: boolean }
  /** For one try of one call, from the first byte out to the last byte in; 30 000 unless told. */
  readonly timeoutMs?: number
  /** How often a call is tried again after the first time; 4 unless told. */
  readonly retries?: number
  /** Who calls, for the registry's audit log; `ingot/VERSION` unless told. */
  readonly sourceChannel?: string
  readonly clock?: Clock
  /** Numbers from 0 to 1 that spread retries; `Math.random` unless told. */
  readonly random?: () => number
}
