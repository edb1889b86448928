import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Client } from 'ssh2'
import { CancelledError } from '../../errors/cancelled-error.ts'
import { messageOf } from '../../errors/message-of.ts'
import type { SshProxy, SshSettings } from '../settings/ssh-settings.ts'
import { type Ask, readCredentials } from './credentials.ts'
import { shakeHands } from './handshake.ts'
import { SshError } from './ssh-error.ts'
import { CONNECT_TIMEOUT } from './timeouts.ts'

/** A host and port, and how it is written. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** What a route takes besides the settings. */
export interface RouteOptions {
  readonly signal: AbortSignal
  /** Asks the user what a bastion asks. */
  readonly ask?: Ask
}

/** Opens a connection to a machine: straight, through a proxy or through a bastion. @throws SshError */
export async function openRoute(to: Address, settings: SshSettings, options: RouteOptions): Promise<Duplex> {
  const { bastion, proxy, readWriteTimeout } = settings
  if (proxy) return limited(await throughProxy(to, proxy, options.signal), readWriteTimeout)
  if (bastion) return throughBastion(to, settings, options)
  return limited(await straight(to, options.signal), readWriteTimeout)
}

/** As users write an address. */
export function written({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

async function straight(to: Address, signal: AbortSignal): Promise<Socket> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_TIMEOUT)])
  const socket = connect(to)
  try {
    await once(socket, 'connect', { signal: limit })
    socket.setNoDelay(true)
    return socket
  } catch (error) {
    socket.destroy()
    CancelledError.throwIf(signal)
    const why = limit.aborted ? `no answer within ${CONNECT_TIMEOUT / 1000} seconds` : messageOf(error)
    throw new SshError('unreachable', `Cannot connect to ${written(to)}: ${why}`, error)
  }
}

/** Ends a connection over which nothing has come or gone for a time. */
function limited(socket: Socket, milliseconds = 0): Socket {
  if (milliseconds <= 0) return socket
  const problem = new SshError(
    'disconnected',
    `Nothing came for ${milliseconds / 1000} seconds (ssh_read_write_timeout)`,
  )
  return socket.setTimeout(milliseconds, () => socket.destroy(problem))
}

async function throughProxy(to: Address, proxy: SshProxy, signal: AbortSignal): Promise<Socket> {
  const { SocksClient } = await import('socks')
  const { host, port = 1080, username, password } = proxy
  CancelledError.throwIf(signal)
  try {
    const { socket } = await SocksClient.createConnection({
      proxy: { host, port, type: 5, ...(username ? { userId: username, password: password ?? '' } : {}) },
      command: 'connect',
      destination: to,
      timeout: CONNECT_TIMEOUT,
      set_tcp_nodelay: true,
    })
    return socket
  } catch (error) {
    const way = `the SOCKS5 proxy ${written({ host, port })}`
    throw new SshError('route', `Cannot connect to ${written(to)} through ${way}: ${messageOf(error)}`, error)
  }
}

async function throughBastion(
  to: Address,
  settings: SshSettings,
  { signal, ask }: RouteOptions,
): Promise<Duplex> {
  const bastion = settings.bastion!
  const at = { host: bastion.host, port: bastion.port ?? 22 }
  const credentials = await readCredentials(bastion, bastion.interactive ? ask : undefined)
  const socket = limited(await straight(at, signal), settings.readWriteTimeout)
  const client = await shakeHands(socket, {
    name: `The bastion ${written(at)}`,
    credentials,
    ...(settings.keepAliveInterval === undefined ? {} : { keepAliveInterval: settings.keepAliveInterval }),
    signal,
  })
  try {
    const channel = await forwarded(client, to)
    channel.once('close', () => client.end())
    client.once('close', () => channel.destroy())
    return channel
  } catch (error) {
    client.end()
    throw new SshError(
      'route',
      `The bastion ${written(at)} cannot connect to ${written(to)}: ${messageOf(error)}`,
      error,
    )
  }
}

/** A connection that the other end of a client opens. */
export function forwarded(client: Client, { host, port }: Address): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, host, port, (error, channel) =>
      error ? reject(error) : resolve(channel),
    )
  })
}
