import { join } from 'node:path'

/** Where everything of a registry lies under its data directory. */
export interface Layout {
  readonly directory: string
  readonly database: string
  readonly lock: string
  /** Client id and secret of the local user, with the ids of organization and project. */
  readonly credentials: string
  /** From which secrets are derived that must be told again later. */
  readonly secretKey: string
  /** Where the server listens, or listened last. */
  readonly address: string
  readonly tls: {
    readonly directory: string
    /** The certificate of our authority, for clients to trust. */
    readonly authority: string
    /** The same with its key. */
    readonly authorityKey: string
    /** The server's certificate with its key. */
    readonly server: string
    /** The system's authorities and ours, for `SSL_CERT_FILE`. */
    readonly bundle: string
  }
}

export function layout(directory: string): Layout {
  const tls = join(directory, 'tls')
  return {
    directory,
    database: join(directory, 'registry.sqlite'),
    lock: join(directory, 'lock'),
    credentials: join(directory, 'credentials.json'),
    secretKey: join(directory, 'secret.key'),
    address: join(directory, 'address.json'),
    tls: {
      directory: tls,
      authority: join(tls, 'authority.pem'),
      authorityKey: join(tls, 'authority-key.pem'),
      server: join(tls, 'server.pem'),
      bundle: join(tls, 'bundle.pem'),
    },
  }
}
