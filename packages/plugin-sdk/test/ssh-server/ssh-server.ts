import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { AuthContext, Connection, ServerChannel, Session } from 'ssh2'
import ssh2 from 'ssh2'

/** What a machine for tests does. */
export interface SshServerOptions {
  /** Whether a login is let in; the methods it may try next where it is not; `later` answers it by itself. */
  readonly login?: (attempt: AuthContext) => boolean | readonly string[] | 'later'
  /** Serves a command; unless told, each succeeds without a word. */
  readonly exec?: (command: string, channel: ServerChannel) => void
  /** Serves what a session may be asked for besides commands. */
  readonly session?: (session: Session) => void
}

/** An SSH server in this process, for what OpenSSH's would not do; it connects on, as a bastion does. */
export class SshServer implements AsyncDisposable {
  /** Kinds of logins that were tried, in order. */
  readonly logins: string[] = []
  /** Addresses that it was asked to connect on to. */
  readonly forwarded: string[] = []
  /** What was asked for of terminals. */
  readonly terminals: unknown[] = []
  readonly #server: ssh2.Server
  readonly #connections = new Set<Connection>()

  private constructor({
    login = () => true,
    exec = (_, channel) => finish(channel),
    session,
  }: SshServerOptions) {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    })
    this.#server = new ssh2.Server({ hostKeys: [privateKey] }, (connection) => {
      this.#connections.add(connection)
      // A client that goes away is what many tests are about.
      connection.on('error', () => {})
      connection.on('authentication', (attempt) => {
        this.logins.push(attempt.method)
        const answer = login(attempt)
        if (answer === 'later') return
        if (answer === true) attempt.accept()
        else attempt.reject(answer === false ? undefined : ([...answer] as never))
      })
      connection.on('ready', () => this.#serve(connection, { exec, ...(session ? { session } : {}) }))
    })
  }

  static async start(options: SshServerOptions = {}): Promise<SshServer> {
    const server = new SshServer(options)
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server as never, 'listening')
    return server
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port
  }

  /** Ends every connection, as when the machine goes down. */
  cut(): void {
    for (const connection of this.#connections) connection.end()
    this.#connections.clear()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    this.#server.close()
  }

  #serve(connection: Connection, { exec, session: more }: Pick<SshServerOptions, 'exec' | 'session'>): void {
    connection.on('tcpip', (accept, _reject, { destIP, destPort }) => {
      this.forwarded.push(`${destIP}:${destPort}`)
      const channel = accept()
      const socket = connect(destPort, destIP)
      socket.on('error', () => channel.close())
      socket.on('close', () => channel.close())
      channel.on('close', () => socket.destroy())
      channel.pipe(socket).pipe(channel)
    })
    connection.on('session', (accept) => {
      const session = accept()
      more?.(session)
      session.on('pty', (acceptPty, _reject, info) => {
        this.terminals.push(info)
        acceptPty?.()
      })
      session.on('exec', (acceptExec, _reject, { command }) => exec?.(command, acceptExec()))
    })
  }
}

/** Ends a command. */
export function finish(channel: ServerChannel, status = 0): void {
  channel.exit(status)
  channel.end()
}
