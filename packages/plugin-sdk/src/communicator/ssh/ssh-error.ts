/** What can go wrong between here and a machine with SSH: a closed set. */
export type SshErrorCode =
  /** A private key or certificate that cannot be used. */
  | 'key'
  /** There is no SSH agent, or it does not answer. */
  | 'agent'
  /** The machine refused everything there was to log in with. */
  | 'login'
  /** No connection, or it ended before the login. */
  | 'unreachable'
  /** Both ends could not agree on how to talk, or what came is no SSH. */
  | 'handshake'
  /** The machine's key is not the one that was expected. */
  | 'host-key'
  /** The bastion or the proxy on the way. */
  | 'route'
  /** A port that cannot be listened on, here or there. */
  | 'tunnel'
  /** The connection ended while it was used. */
  | 'disconnected'
  /** A file or directory could not be copied. */
  | 'file'
  /** The machine did not become available in time. */
  | 'timeout'

/** A failure of SSH; the message says what to do where something can be done. */
export class SshError extends Error {
  override readonly name = 'SshError'
  readonly code: SshErrorCode

  constructor(code: SshErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.code = code
  }
}
