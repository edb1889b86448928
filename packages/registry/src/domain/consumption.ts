import type { Instant } from './time.ts'

/** One principal, with one client, read one version through one channel. */
export interface Consumer {
  readonly versionId: string
  /** Empty when the version was asked for by its fingerprint. */
  readonly channelId: string
  readonly principalId: string
  readonly principalName: string
  /** For example `packer/1.16.0`; empty when it did not say. */
  readonly client: string
}

/** How often, and when. */
export interface Consumption extends Consumer {
  readonly reads: number
  readonly firstReadAt: Instant
  readonly lastReadAt: Instant
}

/** The program that a client names itself first, with its version; what comes behind tells machines apart. */
export function clientName(sourceChannel: string): string {
  return /^[\w.+-]{1,40}(\/[\w.+-]{1,40})?(?=$|[\s;,(])/.exec(sourceChannel)?.[0] ?? ''
}
