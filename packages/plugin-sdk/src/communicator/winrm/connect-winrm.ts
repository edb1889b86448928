import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { formatDuration } from '../../config/duration.ts'
import { CancelledError } from '../../errors/cancelled-error.ts'
import { messageOf } from '../../errors/message-of.ts'
import type { BuildUi } from '../../ui/build-ui.ts'
import { ConnectedMachine } from '../connected-machine.ts'
import type { RemoteMachine } from '../remote-machine.ts'
import { Kept } from '../sinks.ts'
import { winRMCommunicator } from './communicator.ts'
import { errorText, powershell } from './files/powershell.ts'
import { CONNECTION_TEST } from './files/scripts.ts'
import { BasicChannel, type Channel } from './http/channel.ts'
import { Channels } from './http/channels.ts'
import { type Endpoint, endpointOf } from './http/endpoint.ts'
import { NtlmChannel } from './http/ntlm-channel.ts'
import type { WinRMSettings } from './settings.ts'
import { ShellSeries } from './shell.ts'
import { ShellService } from './soap/shell-service.ts'
import { WinRMError } from './winrm-error.ts'

/** How long to wait for a machine unless told: milliseconds. */
export const WINRM_TIMEOUT = 1_800_000

/** How long to wait between two attempts: milliseconds. */
export const WINRM_RETRY_DELAY = 5000

/** What connecting takes besides the settings. */
export interface WinRMConnectOptions {
  /** The machine's name or address. */
  readonly host: string
  /** Of the build: aborts the waiting, and later what runs on the machine. */
  readonly signal: AbortSignal
  readonly ui: BuildUi
  /** Milliseconds between two attempts, {@link WINRM_RETRY_DELAY} unless told. */
  readonly retryDelay?: number
}

/**
 * Waits until a machine's WinRM takes the user and runs PowerShell, and answers the machine. A machine that is being
 * set up may refuse for a while, so every failure is tried again until the timeout; why it refuses is shown once.
 *
 * @throws WinRMError `timeout` with the last failure, after `settings.timeout`.
 * @throws CancelledError when the signal is aborted.
 *
 * @example
 * const machine = await connectWinRM({ username, password, useNtlm: true }, { host, signal, ui })
 * await provision({ communicator: machine.communicator })
 */
export async function connectWinRM(
  settings: WinRMSettings,
  options: WinRMConnectOptions,
): Promise<RemoteMachine> {
  const { host, signal, ui } = options
  const endpoint = endpointOf(host, settings, process.env)
  const channels = new Channels(endpoint.url.href, () => openChannel(endpoint, settings))
  const service = new ShellService(channels, randomUUID)
  void ui.say('Waiting for WinRM to become available...')
  await untilThere(settings, options, (limit) => runPowerShell(service, ui, limit))
  void ui.say('Connected to WinRM!')
  const communicator = winRMCommunicator({ service, signal, newId: randomUUID })
  return new ConnectedMachine(communicator, { ui, signal })
}

function openChannel(endpoint: Endpoint, { username, password, useNtlm = false }: WinRMSettings): Channel {
  if (!useNtlm) return new BasicChannel(endpoint, username, password)
  return new NtlmChannel(endpoint, { username, password, random: randomBytes, now: Date.now })
}

async function untilThere(
  { timeout = WINRM_TIMEOUT }: WinRMSettings,
  { signal, ui, retryDelay = WINRM_RETRY_DELAY }: WinRMConnectOptions,
  attempt: (limit: AbortSignal) => Promise<void>,
): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)])
  const told = new Set<string>()
  let last: unknown
  while (!limit.aborted) {
    try {
      return await attempt(limit)
    } catch (error) {
      if (!(error instanceof CancelledError)) last = error
      tell(error, { ui, told })
    }
    await sleep(retryDelay, undefined, { signal: limit }).catch(() => {})
  }
  CancelledError.throwIf(signal)
  const why = last === undefined ? 'it does not answer' : messageOf(last)
  throw new WinRMError(
    'timeout',
    `WinRM did not become available within ${formatDuration(timeout)}: ${why}`,
    {
      cause: last,
    },
  )
}

/** That nothing listens yet is what one waits for; the rest may be for the user to mend. */
function tell(error: unknown, { ui, told }: { ui: BuildUi; told: Set<string> }): void {
  const message = messageOf(error)
  if (error instanceof CancelledError || told.has(message)) return
  told.add(message)
  const isExpected =
    error instanceof WinRMError && error.code === 'unreachable' && !message.includes('winrm_')
  if (isExpected) console.error(`${message}; trying again`)
  else void ui.say(`${message}; trying again`)
}

/** A shell and PowerShell, which all that follows needs. */
async function runPowerShell(service: ShellService, ui: BuildUi, signal: AbortSignal): Promise<void> {
  const shells = new ShellSeries(service, signal)
  const [stdout, stderr] = [new Kept('The output of PowerShell'), new Kept('The error output of PowerShell')]
  try {
    const status = await shells.run(powershell(CONNECTION_TEST), { stdout, stderr })
    const said = stdout.content().toString('utf8').trim()
    if (status !== 0 || said === '') {
      const why = errorText(stderr.content().toString('utf8')) || `exit status ${status}`
      throw new WinRMError('protocol', `WinRM is there, but PowerShell does not run: ${why}`)
    }
    void ui.say(said)
  } finally {
    await shells.end()
  }
}
