/** Where WinRM listens, and who logs in. */
export interface WinRMSettings {
  /** `DOMAIN\user`, `user@domain` or, for an account of the machine, `user`. */
  readonly username: string
  readonly password: string
  /** Unless told 5985, and 5986 with TLS. */
  readonly port?: number
  readonly useSsl?: boolean
  /** Takes any certificate. */
  readonly insecure?: boolean
  /** NTLM in the place of basic authentication; without TLS the messages are encrypted. */
  readonly useNtlm?: boolean
  /** Never goes through the proxy that the environment names. */
  readonly noProxy?: boolean
  /** How long to wait for the machine: milliseconds, unless told 30 minutes. */
  readonly timeout?: number
}
