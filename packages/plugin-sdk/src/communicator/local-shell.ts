import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
// As a part of node:fs they are loaded when they are used, and not at every start.
import { createReadStream, createWriteStream, promises } from 'node:fs'
import { constants } from 'node:os'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Communicator, DirectoryTransfer, RemoteCommand, RunningCommand } from '@ingot/plugin-rpc'
import { guardedShell } from './guarded-shell.ts'

/** Where and how commands run. */
export interface LocalShellOptions {
  /** Where commands run and relative paths begin; unless told, where the plugin does. */
  readonly directory?: string
  /** Added to the plugin's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /**
   * Ends running commands when it is aborted: a build's `signal`. Without it they end as soon as nobody waits for them.
   */
  readonly signal?: AbortSignal
}

/**
 * A communicator to this very machine, for builders whose image comes from local files: commands run in `sh` (`cmd`
 * on Windows), uploads and downloads copy files. A command that was cancelled, or whose plugin ends, is ended with all that
 * it has started.
 *
 * @example
 * await provision({ communicator: localShell({ directory: work, signal }) })
 */
export function localShell(options: LocalShellOptions = {}): Communicator {
  const at = (path: string) => resolve(options.directory ?? '.', path)
  return {
    start: (command) => run(command, options),
    async upload({ path, source, info }) {
      await promises.mkdir(dirname(at(path)), { recursive: true })
      await pipeline(source, createWriteStream(at(path)))
      if (info) await promises.chmod(at(path), info.mode & 0o777)
    },
    download: ({ path, target }) => copy(createReadStream(at(path)), target),
    uploadDir: (transfer) =>
      copyDirectory(transfer, { from: resolve(transfer.source), to: at(transfer.target) }),
    downloadDir: (transfer) =>
      copyDirectory(transfer, { from: at(transfer.source), to: resolve(transfer.target) }),
  }
}

async function run(
  command: RemoteCommand,
  { directory, env, signal }: LocalShellOptions,
): Promise<RunningCommand> {
  const stop = AbortSignal.any([signal, command.signal].filter((each) => each !== undefined))
  stop.throwIfAborted()
  const child = guardedShell(command.command, {
    cwd: directory ?? process.cwd(),
    env: { ...process.env, ...env },
    stdio: [pipe(command.stdin), pipe(command.stdout), pipe(command.stderr)],
  })
  await once(child.process, 'spawn')
  const end = () => child.end()
  stop.addEventListener('abort', end)
  // A command need not read its input to the end.
  if (command.stdin && child.process.stdin) pipeline(command.stdin, child.process.stdin).catch(() => {})
  const exitStatus = statusOf(child.process, command).finally(() => stop.removeEventListener('abort', end))
  exitStatus.catch(() => {})
  return { exitStatus }
}

function pipe(stream: Readable | Writable | undefined): 'pipe' | 'ignore' {
  return stream ? 'pipe' : 'ignore'
}

/** As shells have it: 128 and the number of the signal that ended it. */
async function statusOf(child: ChildProcess, command: RemoteCommand): Promise<number> {
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const delivered = Promise.all([
    deliver(child.stdout, command.stdout),
    deliver(child.stderr, command.stderr),
  ])
  const [[code, signal]] = await Promise.all([exited, delivered])
  return code ?? 128 + (signal ? constants.signals[signal] : 0)
}

async function deliver(from: Readable | null, to: Writable | undefined): Promise<void> {
  if (from && to) await copy(from, to)
}

/** Whoever gave the target ends it. */
function copy(from: Readable, to: Writable): Promise<void> {
  return pipeline(from, to, { end: false })
}

/** As rsync has it: with a slash at its end the source's content is copied, without it the folder itself. */
async function copyDirectory(
  { source, exclude }: DirectoryTransfer,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const target = /[/\\]$/.test(source) ? to : join(to, basename(from))
  await promises.mkdir(target, { recursive: true })
  const isWanted = (path: string) => !exclude.some((each) => isWithin(relative(from, path), each))
  await promises.cp(from, target, { recursive: true, preserveTimestamps: true, filter: isWanted })
}

function isWithin(path: string, excluded: string): boolean {
  const folder = excluded.replace(/[/\\]+$/, '')
  return path === folder || path.startsWith(folder + sep)
}
