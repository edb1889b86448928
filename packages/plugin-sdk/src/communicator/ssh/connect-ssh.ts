import { setTimeout as sleep } from 'node:timers/promises'
import { formatDuration } from '../../config/duration.ts'
import { CancelledError } from '../../errors/cancelled-error.ts'
import { messageOf } from '../../errors/message-of.ts'
import type { BuildUi } from '../../ui/build-ui.ts'
import type { SshSettings } from '../settings/ssh-settings.ts'
import { Link } from './link.ts'
import { machineBehind } from './machine-behind.ts'
import { SshError, type SshErrorCode } from './ssh-error.ts'
import type { SshMachine } from './ssh-machine.ts'

/** How long to wait for a machine where neither a time nor a number of attempts is told: milliseconds. */
export const SSH_TIMEOUT = 300_000

/** How many refused logins are enough where neither is told. */
export const SSH_HANDSHAKE_ATTEMPTS = 10

/** How long to wait between two attempts: milliseconds. */
export const SSH_RETRY_DELAY = 5000

/** What connecting takes besides the settings. */
export interface SshConnectOptions {
  /** The machine's name or address, or what finds it out; asked before each attempt, and again when it throws. */
  readonly host: string | (() => string | Promise<string>)
  /** Where the port is only known later, too; unless told that of the settings. */
  readonly port?: () => number | Promise<number>
  /** Of the build: aborts the waiting. */
  readonly signal: AbortSignal
  readonly ui: BuildUi
  /** Milliseconds between two attempts, {@link SSH_RETRY_DELAY} unless told. */
  readonly retryDelay?: number
}

/** What no waiting mends. */
const final: readonly SshErrorCode[] = ['key', 'agent', 'host-key', 'tunnel']

/**
 * Waits until a machine's SSH lets the user in, and answers the machine. One that is being set up may refuse for a
 * while, so what waiting may mend is tried again. The connection lasts for the build and is opened anew when the
 * machine reboots; close it when the build is over.
 *
 * @throws SshError `key`, `agent`, `host-key` or `tunnel` at once, `login` after `handshakeAttempts` refusals,
 * `timeout` after `timeout`.
 * @throws CancelledError when the signal is aborted.
 *
 * @example
 * const machine = await connectSsh(sshSettings(config), { host: address, signal, ui })
 * cleanup(() => machine.close())
 * await provision({ communicator: machine.communicator })
 */
export async function connectSsh(settings: SshSettings, options: SshConnectOptions): Promise<SshMachine> {
  const { ui, signal } = options
  void ui.say('Waiting for SSH to become available...')
  const link = await untilThere(settings, options)
  void ui.say('Connected to SSH!')
  return machineBehind(link, settings, { ui, signal })
}

async function untilThere(settings: SshSettings, options: SshConnectOptions): Promise<Link> {
  const { signal, retryDelay = SSH_RETRY_DELAY } = options
  const { timeout, attempts } = patience(settings)
  const limit = timeout > 0 ? AbortSignal.any([signal, AbortSignal.timeout(timeout)]) : signal
  let last: unknown
  for (let refused = 0; !limit.aborted; ) {
    try {
      return await attempt(settings, { ...options, limit })
    } catch (error) {
      if (isFinal(error)) throw error
      if (!(error instanceof CancelledError)) last = error
      if (error instanceof SshError && error.code === 'login') refused += 1
      if (attempts > 0 && refused >= attempts) throw error
      console.error(`SSH is not available yet: ${messageOf(error)}`)
    }
    await sleep(retryDelay, undefined, { signal: limit }).catch(() => {})
  }
  CancelledError.throwIf(signal)
  const why = last === undefined ? 'it does not answer' : messageOf(last)
  throw new SshError(
    'timeout',
    `Timeout waiting for SSH: not available within ${formatDuration(timeout)}: ${why}`,
    last,
  )
}

/** As in Go: the usual time and number of attempts stand only where neither is told. */
function patience({ timeout = 0, handshakeAttempts = 0 }: SshSettings) {
  if (timeout > 0 || handshakeAttempts > 0) return { timeout, attempts: handshakeAttempts }
  return { timeout: SSH_TIMEOUT, attempts: SSH_HANDSHAKE_ATTEMPTS }
}

function isFinal(error: unknown): boolean {
  return error instanceof SshError && final.includes(error.code)
}

async function attempt(
  settings: SshSettings,
  { host, port, ui, signal, limit }: SshConnectOptions & { readonly limit: AbortSignal },
): Promise<Link> {
  const to = {
    host: typeof host === 'string' ? host : await host(),
    port: (await port?.()) ?? (settings.port || 22),
  }
  const link = new Link({ to, settings, signal, ask: (question) => ui.ask(question) })
  await link.open(limit)
  return link
}
