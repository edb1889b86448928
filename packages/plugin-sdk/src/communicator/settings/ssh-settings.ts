import type { CommunicatorConfig } from './communicator-config.ts'
import { readTunnel, type Tunnel } from './tunnel.ts'

/** Who logs in, and with what: all that is given is tried, in the order of this list. */
export interface SshLogin {
  readonly username: string
  /** With the keys of the agent at `SSH_AUTH_SOCK`. */
  readonly agent?: boolean
  /** Path of a private key; `~` is the home directory. */
  readonly privateKeyFile?: string
  /** Text of a private key. */
  readonly privateKey?: string
  /** Path of a certificate for the private key, in OpenSSH's form. */
  readonly certificateFile?: string
  /** Answers questions for it too. */
  readonly password?: string
}

/** A host on the way to the machine. */
export interface SshBastion extends SshLogin {
  readonly host: string
  /** 22 unless told. */
  readonly port?: number
  /** Asks the user, at the terminal, what the host asks and no password answers. */
  readonly interactive?: boolean
}

/** A SOCKS5 proxy on the way to the machine. */
export interface SshProxy {
  readonly host: string
  /** 1080 unless told. */
  readonly port?: number
  readonly username?: string
  readonly password?: string
}

/** How a machine is reached by SSH. Times are in milliseconds. */
export interface SshSettings extends SshLogin {
  /** 22 unless told. */
  readonly port?: number
  /** How long to wait until the login succeeds: 5 minutes, unless `handshakeAttempts` are told. */
  readonly timeout?: number
  /** How many refused logins are enough: 10, unless a `timeout` is told. */
  readonly handshakeAttempts?: number
  /** Runs commands in a terminal. */
  readonly pty?: boolean
  /** How often to ask whether the machine is still there: 5 seconds unless told, never where it is negative. */
  readonly keepAliveInterval?: number
  /** Gives a connection up over which nothing came for so long; never, unless told. */
  readonly readWriteTimeout?: number
  /** Best first; unless told what the client thinks best. */
  readonly ciphers?: readonly string[]
  /** Best first; unless told what the client thinks best. */
  readonly keyExchanges?: readonly string[]
  /** `scp` unless told. */
  readonly fileTransfer?: 'scp' | 'sftp'
  /** Whether the machine may use the local agent, where there is one; it may unless told. */
  readonly forwardAgent?: boolean
  /** Ports of this machine that lead to what the built one reaches. */
  readonly localTunnels?: readonly Tunnel[]
  /** Ports of the built machine that lead to what this one reaches. */
  readonly remoteTunnels?: readonly Tunnel[]
  readonly bastion?: SshBastion
  readonly proxy?: SshProxy
  /** Says whether the machine with this public key is the right one. Any is, unless told: new machines are unknown. */
  readonly isHostKey?: (key: Buffer) => boolean
}

/**
 * What a template's fields say of SSH. `more` has the last word, as for a temporary key pair or a user name that a
 * builder knows.
 *
 * @example
 * const machine = await connectSsh(sshSettings(config, { privateKey: keyPair.privateKey }), { host, ui, signal })
 */
export function sshSettings(config: CommunicatorConfig, more: Partial<SshSettings> = {}): SshSettings {
  const settings: SshSettings = {
    ...told({
      agent: config.ssh_agent_auth,
      privateKeyFile: config.ssh_private_key_file,
      privateKey: config.ssh_private_key,
      certificateFile: config.ssh_certificate_file,
      password: config.ssh_password,
      timeout: config.ssh_timeout,
      handshakeAttempts: config.ssh_handshake_attempts,
      readWriteTimeout: config.ssh_read_write_timeout,
      ciphers: config.ssh_ciphers,
      keyExchanges: config.ssh_key_exchange_algorithms,
      port: config.ssh_port,
      keepAliveInterval: config.ssh_keep_alive_interval,
      bastion: bastion(config),
      proxy: proxy(config),
    }),
    username: config.ssh_username ?? '',
    pty: config.ssh_pty,
    fileTransfer: config.ssh_file_transfer_method,
    forwardAgent: !config.ssh_disable_agent_forwarding,
    localTunnels: tunnels(config.ssh_local_tunnels),
    remoteTunnels: tunnels(config.ssh_remote_tunnels),
  }
  return { ...settings, ...more }
}

function bastion(config: CommunicatorConfig): SshBastion | undefined {
  const host = config.ssh_bastion_host
  if (!host) return
  const ownKey = config.ssh_bastion_private_key_file
  return {
    host,
    username: config.ssh_bastion_username || config.ssh_username || '',
    agent: config.ssh_bastion_agent_auth,
    interactive: config.ssh_bastion_interactive,
    ...told({
      port: config.ssh_bastion_port,
      password: config.ssh_bastion_password,
      privateKeyFile: ownKey || config.ssh_private_key_file,
      certificateFile: ownKey ? config.ssh_bastion_certificate_file : config.ssh_certificate_file,
    }),
  }
}

function proxy(config: CommunicatorConfig): SshProxy | undefined {
  const host = config.ssh_proxy_host
  if (!host) return
  return {
    host,
    ...told({
      port: config.ssh_proxy_port,
      username: config.ssh_proxy_username,
      password: config.ssh_proxy_password,
    }),
  }
}

function tunnels(texts: readonly string[] | undefined): readonly Tunnel[] {
  return (texts ?? []).map(readTunnel).filter((tunnel) => tunnel !== undefined)
}

type Told<Values> = { [Name in keyof Values]?: NonNullable<Values[Name]> }

/** Without what says nothing: as in Go, that is 0 and an empty text too. */
function told<Values extends object>(values: Values): Told<Values> {
  const entries = Object.entries(values).filter(
    ([, value]) => value && !(Array.isArray(value) && value.length === 0),
  )
  return Object.fromEntries(entries) as Told<Values>
}
