import type { Layout } from '../data-directory/layout.ts'
import { type ServerIdentity, serverIdentity, serverNames } from './authority.ts'
import { writeTrustBundle } from './trust-bundle.ts'

/** The identity of a server that listens on a host, with the files beside it by which clients trust it. */
export async function currentIdentity(files: Layout, host: string, now: number): Promise<ServerIdentity> {
  const identity = await serverIdentity(files, serverNames(host), now)
  writeTrustBundle(files.tls.bundle, identity.authority)
  return identity
}
