import { readAddress } from './data-directory/address.ts'
import { readCredentials } from './data-directory/credentials.ts'
import { layout } from './data-directory/layout.ts'
import { RegistryStartError } from './start-error.ts'

/** What a client on this machine needs to talk to the registry of a data directory. */
export interface LocalAccess {
  /** The base address, for example `https://localhost:8443`; also that of the token endpoint (`HCP_AUTH_URL`). */
  readonly url: string
  /** `host:port`, for `HCP_API_ADDRESS`. */
  readonly apiAddress: string
  readonly clientId: string
  readonly clientSecret: string
  /** A UUID. */
  readonly organizationId: string
  /** A UUID. */
  readonly projectId: string
  /** The certificate of the registry's authority, in PEM. */
  readonly caFile: string
  /** The system's authorities and the registry's, for `SSL_CERT_FILE`. */
  readonly caBundleFile: string
  /** The process that listens, or listened last, at the address. */
  readonly pid: number
}

/**
 * Reads how to reach the registry of a data directory, whether it runs or not.
 *
 * @throws {RegistryStartError} `data.absent` when no registry has run there, `file.damaged` when its files cannot be read.
 */
export function localAccess(dataDir: string): LocalAccess {
  const files = layout(dataDir)
  const credentials = readCredentials(files)
  const address = readAddress(files)
  if (!credentials?.projectId || !address) throw RegistryStartError.of('data.absent', { directory: dataDir })
  return {
    url: address.url,
    apiAddress: address.url.replace(/^https:\/\//, ''),
    ...credentials,
    caFile: files.tls.authority,
    caBundleFile: files.tls.bundle,
    pid: address.pid,
  }
}
