import type { Socket } from 'node:net'
import type { Component } from '../components.ts'
import { COOKIE, COOKIE_NAME, writeHandshake } from '../handshake.ts'
import { errorText } from '../net-rpc/error-text.ts'
import { readCommandLine, type StartCommand } from './command-line.ts'
import { describeLine } from './describe.ts'
import { type Listener, listen } from './listen.ts'
import { type LogOutput, takeOverOutput } from './log-output.ts'
import type { PluginSet } from './plugin-set.ts'
import { ServedComponent } from './serve-component.ts'
import { catchUncaught } from './uncaught.ts'

/** Milliseconds that a host has to connect, which takes it a few. */
export const CONNECT_TIMEOUT = 60_000

/** Milliseconds between looks whether the host is still there, until it has connected. */
const PARENT_CHECK = 250

/** What {@link servePlugin} takes from the process it runs in; every part defaults to that of `process`. */
export interface ServeOptions {
  /** The words after the executable and script: `['start', 'builder', '--protobuf', 'image']`. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Ends it before the host does: what is open is still answered, and nothing that comes later. */
  readonly leave?: AbortSignal
}

/**
 * Does what a host asks of a plugin's executable: `describe`, or `start KIND NAME` with `--protobuf` anywhere.
 * Resolves with the exit code when the host has left, at most a second after it; author code may still hold
 * timers then, so end the process with it: `process.exit(await servePlugin(plugin))`.
 *
 * From a `start` on everything printed goes to the log of the host. An error that author code lets escape is
 * answered to the host as the failure of the call that is open, and signals for the terminal's process group are
 * left to the host, which cancels by call.
 */
export async function servePlugin(set: PluginSet, options: ServeOptions = {}): Promise<number> {
  const { args = process.argv.slice(2), env = process.env, leave } = options
  const command = readCommandLine(args)
  if (command.command === 'start') return start(set, command, { env, leave })
  if (command.command === 'mistake') return refuse(command.message)
  await new Promise((resolve) => process.stdout.write(describeLine(set), resolve))
  return 0
}

async function start(
  set: PluginSet,
  command: StartCommand,
  { env, leave }: { readonly env: NonNullable<ServeOptions['env']>; readonly leave: AbortSignal | undefined },
): Promise<number> {
  if (env[COOKIE_NAME] !== COOKIE)
    return refuse('This is a plugin of packer and is started by it: install it, and name it in a template.')
  const output = takeOverOutput()
  let served: ServedComponent | undefined
  catchUncaught(output.log, () => served)
  try {
    const component = makeComponent(set, command)
    const socket = await meetHost(await listen(env), output)
    const { log } = output
    served = new ServedComponent(socket, component, { protobuf: command.protobuf, log, leave })
    leaveSignals(output)
    await served.ended
    return 0
  } catch (error) {
    output.log(`[ERROR] ${errorText(error)}`)
    return 1
  }
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`)
  return 1
}

function makeComponent(set: PluginSet, { kind, name }: StartCommand): Component {
  const made = <T>(all: Readonly<Record<string, () => T>> = {}): T => {
    if (!Object.hasOwn(all, name)) throw new Error(`This plugin has no ${kind} called ${name}.`)
    return all[name]!()
  }
  if (kind === 'builder') return { builder: made(set.builders) }
  if (kind === 'provisioner') return { provisioner: made(set.provisioners) }
  if (kind === 'post-processor') return { postProcessor: made(set.postProcessors) }
  return { datasource: made(set.datasources) }
}

/** Says where this process listens, and waits for the host; throws when the host is gone before it came. */
async function meetHost(listener: Listener, output: LogOutput): Promise<Socket> {
  const parent = process.ppid
  const gone = new Promise<never>((_, reject) => {
    const check = setInterval(() => {
      if (process.ppid !== parent) reject(new Error('The host has gone before it connected.'))
    }, PARENT_CHECK)
    const timer = setTimeout(() => reject(new Error('The host did not connect.')), CONNECT_TIMEOUT)
    void listener.connection.then(() => {
      clearInterval(check)
      clearTimeout(timer)
    })
  })
  await output.print(writeHandshake(listener.address))
  try {
    return await Promise.race([listener.connection, gone])
  } catch (error) {
    listener.close()
    throw error
  }
}

/** They reach all processes of a terminal; what they mean for this one its host decides. */
function leaveSignals({ log }: LogOutput): void {
  let count = 0
  const leaveToHost = (signal: string) => log(`[INFO] ${signal} (number ${++count}) is left to the host.`)
  process.on('SIGINT', leaveToHost)
  process.on('SIGTERM', leaveToHost)
}
