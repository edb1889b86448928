import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { settledWithin } from '../settled-within.ts'
import { readLines } from './line-reader.ts'
import { PluginError, type PluginErrorCode } from './plugin-error.ts'

/** Lines of stderr that errors quote, and that are kept to choose from. */
export const QUOTED_LINES = 10
const KEPT_LINES = 200

/** Where a Go program says why it crashed; the state of all its goroutines follows. */
const CRASH = /^(panic|fatal error): /

/** Milliseconds to wait for the last output of a process that has ended; its own children may hold the pipe open. */
const LAST_OUTPUT = 1_000

export interface PluginCommandLine {
  readonly file: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly onLog?: (line: string) => void
}

/** A running plugin executable, whatever it does. */
export class PluginProcess {
  readonly file: string
  readonly stdout: Readable
  /** Rejects with a `PluginError` where the file cannot be run. */
  readonly started: Promise<void>
  /** Resolves when the process has ended, with its exit code; undefined after a signal. */
  readonly exited: Promise<number | undefined>
  readonly #child: ChildProcessByStdio<null, Readable, Readable>
  readonly #closed: Promise<void>
  readonly #lastLines: string[] = []
  #exit: { readonly code: number | undefined } | undefined
  #killed = false

  constructor({ file, args, env, onLog }: PluginCommandLine) {
    this.file = file
    this.#child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    this.stdout = this.#child.stdout
    readLines(this.#child.stderr, (line) => {
      this.#remember(line)
      onLog?.(line)
    })
    this.started = new Promise((resolve, reject) => {
      this.#child.once('spawn', resolve)
      this.#child.on('error', (cause) => reject(this.#notExecutable(cause)))
    })
    // Without a process there is nothing to wait for; `started` tells why.
    this.started.catch(() => {})
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code) => {
        this.#exit = { code: code ?? undefined }
        resolve(this.#exit.code)
      })
      this.started.catch(() => resolve(undefined))
    })
    this.#closed = new Promise((resolve) => this.#child.once('close', () => resolve()))
  }

  get name(): string {
    return basename(this.file)
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get running(): boolean {
    return this.#exit === undefined
  }

  get killed(): boolean {
    return this.#killed
  }

  /** Waits, a little, for the process to end and for what it printed last. */
  async finish(milliseconds: number): Promise<void> {
    if (await settledWithin(this.exited, milliseconds)) await settledWithin(this.#closed, LAST_OUTPUT)
  }

  /** Ends it with SIGKILL, and resolves when it is gone. */
  async kill(): Promise<void> {
    this.#killed = true
    if (this.running) this.#child.kill('SIGKILL')
    await this.exited
    await settledWithin(this.#closed, LAST_OUTPUT)
    this.#child.stdout.destroy()
    this.#child.stderr.destroy()
  }

  /** An error about this process, as it is now; `complaint` follows the plugin's name. */
  error(code: PluginErrorCode, complaint: string, cause?: unknown): PluginError {
    return new PluginError(code, `The plugin ${this.name} ${complaint}.`, {
      plugin: this.file,
      exitCode: this.#exit?.code,
      stderr: this.#lastWords(),
      cause,
    })
  }

  /** How it ended, as the end of a sentence. */
  get ending(): string {
    const code = this.#exit?.code
    return code === undefined
      ? `was ended by ${this.#child.signalCode ?? 'a signal'}`
      : `ended with exit code ${code}`
  }

  #remember(line: string): void {
    this.#lastLines.push(line)
    if (this.#lastLines.length > KEPT_LINES) this.#lastLines.shift()
  }

  #lastWords(): string[] {
    const crash = this.#lastLines.findLastIndex((line) => CRASH.test(line))
    return crash < 0
      ? this.#lastLines.slice(-QUOTED_LINES)
      : this.#lastLines.slice(crash, crash + QUOTED_LINES)
  }

  #notExecutable(cause: Error): PluginError {
    return this.error(
      'not-executable',
      `cannot be run (${cause.message}); its file must exist and be executable`,
      cause,
    )
  }
}
