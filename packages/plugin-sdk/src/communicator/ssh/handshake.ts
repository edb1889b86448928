import type { Duplex } from 'node:stream'
import type { Client, ConnectConfig } from 'ssh2'
import { CancelledError } from '../../errors/cancelled-error.ts'
import { logInWithCertificate } from './certificate-login.ts'
import { type Credentials, inOrder } from './credentials.ts'
import { loadSsh2 } from './library.ts'
import { SshError } from './ssh-error.ts'
import { HANDSHAKE_TIMEOUT } from './timeouts.ts'

/** A machine that answers no question for so long is taken to be gone: milliseconds. */
const SILENCE = 120_000

/** How to talk over a connection. */
export interface Handshake {
  /** What the connection leads to, for messages. */
  readonly name: string
  readonly credentials: Credentials
  readonly ciphers?: readonly string[]
  readonly keyExchanges?: readonly string[]
  readonly keepAliveInterval?: number
  /** Where the local agent listens, if the machine may use it. */
  readonly forwardedAgent?: string | undefined
  readonly isHostKey?: (key: Buffer) => boolean
  readonly signal: AbortSignal
}

/**
 * Logs in over a connection and takes it over: it is closed with the client, and when this fails.
 * @throws SshError `login`, `handshake`, `host-key` or `unreachable`.
 */
export async function shakeHands(connection: Duplex, handshake: Handshake): Promise<Client> {
  const { Client } = await loadSsh2()
  const client = new Client()
  const stop = () => connection.destroy()
  handshake.signal.addEventListener('abort', stop)
  try {
    CancelledError.throwIf(handshake.signal)
    await ready(client, connection, handshake)
    return client
  } catch (error) {
    connection.destroy()
    CancelledError.throwIf(handshake.signal)
    throw error
  } finally {
    handshake.signal.removeEventListener('abort', stop)
  }
}

function ready(client: Client, connection: Duplex, handshake: Handshake): Promise<void> {
  let isWrongHost = false
  let agentProblem: Error | undefined
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) =>
      reject(isWrongHost ? wrongHost(handshake) : readable(error, handshake, agentProblem))
    client.on('ready', resolve)
    // Stays, so that what happens later has a listener too.
    client.on('error', (error: LeveledError) => {
      // An agent that fails is skipped: another method may do.
      if (error.level === 'agent') agentProblem = error
      else fail(error)
    })
    client.on('close', () => fail(new Error('the connection ended')))
    const isHostKey = (key: Buffer) => {
      isWrongHost = handshake.isHostKey?.(key) === false
      return !isWrongHost
    }
    try {
      client.connect(clientConfig(connection, { ...handshake, isHostKey }))
      if (handshake.credentials.certified) logInWithCertificate(client, handshake.credentials.certified)
    } catch (error) {
      fail(error)
    }
  })
}

function clientConfig(connection: Duplex, handshake: Handshake): ConnectConfig {
  const { credentials, ciphers, keyExchanges, keepAliveInterval = 0, forwardedAgent, isHostKey } = handshake
  const interval = Math.max(0, keepAliveInterval)
  return {
    sock: connection as NonNullable<ConnectConfig['sock']>,
    username: credentials.username,
    authHandler: inOrder(credentials.methods),
    readyTimeout: HANDSHAKE_TIMEOUT,
    keepaliveInterval: interval,
    keepaliveCountMax: interval > 0 ? Math.max(3, Math.ceil(SILENCE / interval)) : 0,
    ...(forwardedAgent ? { agent: forwardedAgent } : {}),
    ...(isHostKey ? { hostVerifier: isHostKey } : {}),
    algorithms: {
      ...(ciphers ? { cipher: ciphers as never } : {}),
      ...(keyExchanges ? { kex: keyExchanges as never } : {}),
    },
  }
}

interface LeveledError extends Error {
  /** Where in the client it came up. */
  readonly level?: string
}

function wrongHost({ name }: Handshake): SshError {
  return new SshError('host-key', `${name} has another host key than the one that is expected`)
}

function readable(
  error: unknown,
  { name, credentials }: Handshake,
  agentProblem: Error | undefined,
): SshError {
  const { level, message } = error as LeveledError
  if (level === 'client-authentication') {
    const tried = credentials.methods.map(({ type }) => type).filter((type) => type !== 'none')
    const what = tried.length > 0 ? `it refused ${tried.join(', ')}` : 'there is nothing to log in with'
    const more = agentProblem ? ` (the SSH agent: ${agentProblem.message})` : ''
    const message = `${name} does not let ${credentials.username} in: ${what}${more}. Check user name, password and key`
    return new SshError('login', message, error)
  }
  if (level === 'client-timeout')
    return new SshError('unreachable', `${name} does not answer like an SSH server`, error)
  if (level === 'client-socket')
    return new SshError('unreachable', `${name} ended the connection: ${message}`, error)
  if (level === 'handshake' || level === 'protocol' || /algorithm|cipher/i.test(message)) {
    return new SshError(
      'handshake',
      `${name} and this machine do not agree on how to talk SSH: ${message}`,
      error,
    )
  }
  return new SshError('unreachable', `The connection to ${name} ended: ${message}`, error)
}
