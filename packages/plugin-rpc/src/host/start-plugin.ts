import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { Builder, Datasource, PostProcessor, Provisioner } from '../components.ts'
import * as handshake from '../handshake.ts'
import { settledWithin } from '../settled-within.ts'
import type { WireError } from '../wire-error.ts'
import { type ConnectedComponent, connectComponent } from './connect-component.ts'
import type { PluginError } from './plugin-error.ts'
import { PluginProcess } from './plugin-process.ts'

/** Bytes in which a plugin must have said its address. */
export const MAX_HANDSHAKE_BYTES = 4_096

const HANDSHAKE_TIMEOUT = 60_000

/** Milliseconds after the end of the connection in which the process is expected to end too. */
const EXIT_WAIT = 1_000

/** Which component of which plugin {@link startPlugin} starts, and how. */
export interface StartOptions {
  readonly file: string
  /** Words before `start`, for a plugin that an interpreter runs. */
  readonly args?: readonly string[]
  /** As in the plugin's description. */
  readonly name: string
  /** Only for plugins whose description says `v2`. */
  readonly protobuf: boolean
  /** Added to this process's environment. Packer gives each of its runs a `PACKER_RUN_UUID`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** One line of the plugin's stderr, without its end. */
  readonly onLog?: (line: string) => void
  /** Milliseconds; 60 000 unless told, as in Packer. */
  readonly handshakeTimeout?: number
  /** Gives up a start that has not come to its end yet: the process is killed, and the start throws. */
  readonly signal?: AbortSignal
}

/** A plugin process; `await using` ends it. */
export interface RunningPlugin extends AsyncDisposable {
  readonly pid: number
  /** Ends the process with SIGKILL, as Packer does, and resolves when it is gone. */
  kill(): Promise<void>
}

/** A plugin process that serves a builder. */
export interface RunningBuilder extends RunningPlugin {
  readonly builder: Builder
}

/** A plugin process that serves a provisioner. */
export interface RunningProvisioner extends RunningPlugin {
  readonly provisioner: Provisioner
}

/** A plugin process that serves a post-processor. */
export interface RunningPostProcessor extends RunningPlugin {
  readonly postProcessor: PostProcessor
}

/** A plugin process that serves a data source. */
export interface RunningDatasource extends RunningPlugin {
  readonly datasource: Datasource
}

/**
 * Starts a plugin process for one component and connects to it. Throws a `PluginError` that names the plugin
 * and what it printed last; so does every call that is open when the plugin dies.
 */
export function startPlugin(options: StartOptions & { readonly kind: 'builder' }): Promise<RunningBuilder>
export function startPlugin(
  options: StartOptions & { readonly kind: 'provisioner' },
): Promise<RunningProvisioner>
export function startPlugin(
  options: StartOptions & { readonly kind: 'post-processor' },
): Promise<RunningPostProcessor>
export function startPlugin(
  options: StartOptions & { readonly kind: 'datasource' },
): Promise<RunningDatasource>
export async function startPlugin(
  options: StartOptions & { readonly kind: handshake.ComponentKind },
): Promise<RunningBuilder | RunningProvisioner | RunningPostProcessor | RunningDatasource> {
  const plugin = launch(options)
  const giveUp = () => void plugin.kill()
  options.signal?.addEventListener('abort', giveUp)
  if (options.signal?.aborted) giveUp()
  try {
    const component = await connectTo(plugin, options)
    const running = {
      pid: plugin.pid,
      kill: () => end(plugin, component),
      [Symbol.asyncDispose]: () => end(plugin, component),
    }
    return { ...running, ...component.client(options.kind) }
  } catch (error) {
    await plugin.kill()
    throw options.signal?.aborted
      ? plugin.error('killed', 'was given up before it had started', error)
      : error
  } finally {
    options.signal?.removeEventListener('abort', giveUp)
  }
}

function launch({
  file,
  args = [],
  kind,
  name,
  protobuf,
  env,
  onLog,
}: StartOptions & { kind: string }): PluginProcess {
  const flags = protobuf ? [handshake.PROTOBUF_FLAG] : []
  return new PluginProcess({
    file,
    args: [...args, 'start', kind, ...flags, name],
    env: {
      ...process.env,
      ...env,
      [handshake.COOKIE_NAME]: handshake.COOKIE,
      [handshake.MIN_PORT_NAME]: String(handshake.MIN_PORT),
      [handshake.MAX_PORT_NAME]: String(handshake.MAX_PORT),
    },
    ...(onLog ? { onLog } : {}),
  })
}

async function end(plugin: PluginProcess, component: ConnectedComponent): Promise<void> {
  await Promise.all([plugin.kill(), component.close()])
}

async function connectTo(plugin: PluginProcess, options: StartOptions): Promise<ConnectedComponent> {
  await plugin.started
  const address = await readAddress(plugin, options.handshakeTimeout ?? HANDSHAKE_TIMEOUT)
  try {
    return await connectComponent(await dial(address), {
      protobuf: options.protobuf,
      log: options.onLog ?? (() => {}),
      explainLoss: (loss, method) => explain(plugin, loss, method),
    })
  } catch (cause) {
    await plugin.finish(0)
    throw plugin.error('unreachable', `cannot be reached at ${address.network} ${address.address}`, cause)
  }
}

async function readAddress(plugin: PluginProcess, timeout: number): Promise<handshake.Address> {
  const line = firstLine(plugin.stdout)
  const inTime = await settledWithin(Promise.race([line, plugin.exited]), timeout)
  if (!inTime)
    throw plugin.error('handshake-timeout', `has not said its address within ${timeout / 1000} seconds`)
  await plugin.finish(0)
  // What a process printed before it ended may still be in the pipe.
  const printed = plugin.running || (await settledWithin(line, 0)) ? await line : undefined
  if (printed === undefined) {
    await plugin.finish(EXIT_WAIT)
    const what = plugin.running ? 'closed its output' : plugin.ending
    throw plugin.error('exited-early', `${what} before it said its address`)
  }
  const address = handshake.readHandshake(printed)
  if (typeof address === 'string') throw plugin.error('handshake', address)
  return address
}

/** Undefined where the output ends without one. What comes later is read and thrown away. */
function firstLine(stdout: Readable): Promise<string | undefined> {
  return new Promise((resolve) => {
    let printed = ''
    stdout.on('data', (chunk: Buffer) => {
      if (printed.includes('\n') || printed.length > MAX_HANDSHAKE_BYTES) return
      printed += chunk.toString()
      if (printed.includes('\n') || printed.length > MAX_HANDSHAKE_BYTES) resolve(printed.split('\n', 1)[0]!)
    })
    stdout.on('end', () => resolve(printed === '' ? undefined : printed))
    stdout.on('close', () => resolve(printed === '' ? undefined : printed))
  })
}

function dial({ network, address }: handshake.Address): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const colon = address.lastIndexOf(':')
    const host = address.slice(0, colon).replace(/^\[|\]$/g, '')
    const socket =
      network === 'unix'
        ? connect({ path: address })
        : connect({ host, port: Number(address.slice(colon + 1)), noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

/** What callers read when the connection ends under their call. */
async function explain(plugin: PluginProcess, loss: WireError, method: string): Promise<PluginError> {
  if (plugin.killed) return plugin.error('killed', `was ended by this host in the middle of ${method}`, loss)
  if (loss.code !== 'wire.lost')
    return plugin.error('protocol', `broke the connection in ${method}: ${loss.message}`, loss)
  await plugin.finish(EXIT_WAIT)
  if (plugin.running)
    return plugin.error('died', `has closed its connection in the middle of ${method}`, loss)
  return plugin.error('died', `${plugin.ending} in the middle of ${method}`, loss)
}
