import type { CommunicatorConfig } from '../settings/communicator-config.ts'

/** Where WinRM listens, and who logs in. */
export interface WinRMSettings {
  /** `DOMAIN\user`, `user@domain` or, for an account of the machine, `user`. */
  readonly username: string
  readonly password: string
  /** Unless told 5985, and 5986 with TLS. */
  readonly port?: number
  /** HTTPS. */
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

/**
 * What a template's fields say of WinRM. `more` has the last word, as for a password that a builder finds out.
 *
 * @example
 * const machine = await connectWinRM(winRMSettings(config, { password }), { host, ui, signal })
 */
export function winRMSettings(config: CommunicatorConfig, more: Partial<WinRMSettings> = {}): WinRMSettings {
  return {
    username: config.winrm_username ?? '',
    password: config.winrm_password ?? '',
    ...(config.winrm_port ? { port: config.winrm_port } : {}),
    useSsl: config.winrm_use_ssl,
    insecure: config.winrm_insecure,
    useNtlm: config.winrm_use_ntlm,
    noProxy: config.winrm_no_proxy,
    timeout: config.winrm_timeout,
    ...more,
  }
}
