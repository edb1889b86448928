import { constants } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { RemoteCommand, RunningCommand } from '@ingot/plugin-rpc'
import type { Client, ClientChannel, ExecOptions, PseudoTtyOptions } from 'ssh2'
import { DISCONNECTED } from '../remote-machine.ts'
import type { Link } from './link.ts'

/** A terminal as Packer's plugins in Go ask for it: nothing typed is shown. */
const TERMINAL: PseudoTtyOptions = {
  term: 'xterm',
  rows: 40,
  cols: 80,
  modes: { ECHO: 0, TTY_OP_ISPEED: 14_400, TTY_OP_OSPEED: 14_400 } as never,
}

/** Starts a command. @throws SshError where it cannot be started. */
export async function startCommand(link: Link, command: RemoteCommand, pty = false): Promise<RunningCommand> {
  const running = await openExec(link, command.command, pty ? { pty: TERMINAL } : {})
  const exitStatus = statusOf(running, command)
  exitStatus.catch(() => {})
  return { exitStatus }
}

/** A command that runs, and what it leaves. */
export interface RunningExec {
  readonly channel: ClientChannel
  readonly status: Promise<number>
}

/** Runs a command over a channel of its own, with the local agent where there is one and the machine takes it. */
export async function openExec(link: Link, command: string, options: ExecOptions = {}): Promise<RunningExec> {
  const { forwardsAgent } = link
  try {
    const agent = forwardsAgent ? { agentForward: true } : {}
    return await link.use((client) => exec(client, command, { ...options, ...agent }))
  } catch (error) {
    if (!forwardsAgent || !/agent forwarding/.test(String(error))) throw error
    link.withoutAgent()
    return openExec(link, command, options)
  }
}

function exec(client: Client, command: string, options: ExecOptions): Promise<RunningExec> {
  return new Promise((resolve, reject) => {
    client.exec(command, options, (error, channel) => {
      if (error) return reject(error)
      // A command need not read its input to the end.
      channel.on('error', () => {})
      // Now, since a short command's end may have come along with its beginning.
      resolve({ channel, status: exitOf(channel) })
    })
  })
}

async function statusOf(
  { channel, status }: RunningExec,
  { stdin, stdout, stderr }: RemoteCommand,
): Promise<number> {
  feed(stdin, channel)
  const delivered = Promise.all([deliver(channel, stdout), deliver(channel.stderr, stderr)])
  const [exitStatus] = await Promise.all([status, delivered])
  stdin?.unpipe(channel)
  return exitStatus
}

/** A channel that is closed without a status is one whose machine went away. */
function exitOf(channel: ClientChannel): Promise<number> {
  let status = DISCONNECTED
  channel.on('exit', (code: number | null, signal?: string) => {
    status = code ?? 128 + (constants.signals[signal as NodeJS.Signals] ?? 0)
  })
  return new Promise((resolve) => channel.once('close', () => resolve(status)))
}

/** A command without input is told so at once. Whoever gave the input ends it. */
function feed(stdin: Readable | undefined, channel: ClientChannel): void {
  if (!stdin) {
    channel.end()
    return
  }
  stdin.once('error', () => channel.close())
  stdin.pipe(channel)
}

/** Output that nobody wants is read all the same, so that the command need not wait. */
async function deliver(from: Readable, to: Writable | undefined): Promise<void> {
  if (to) await pipeline(from, to, { end: false })
  else from.resume()
}
