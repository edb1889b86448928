// As a part of node:fs they are loaded when they are used, and not at every start.
import { createReadStream, createWriteStream, promises } from 'node:fs'
import { basename, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Communicator, FileInfo, RemoteCommand, RunningCommand } from '@ingot/plugin-rpc'
import { CancelledError } from '../errors/cancelled-error.ts'
import type { BuildUi } from '../ui/build-ui.ts'
import type {
  Content,
  DirectoryOptions,
  ExecOptions,
  ExecResult,
  RemoteMachine,
  UploadOptions,
} from './remote-machine.ts'
import { Kept, Lines } from './sinks.ts'

interface Surroundings {
  readonly ui: BuildUi
  readonly signal: AbortSignal
}

/** The machine behind a communicator. */
export class ConnectedMachine implements RemoteMachine {
  readonly communicator: Communicator
  readonly #ui: BuildUi
  readonly #signal: AbortSignal

  constructor(communicator: Communicator, { ui, signal }: Surroundings) {
    this.communicator = communicator
    this.#ui = ui
    this.#signal = signal
  }

  start(command: RemoteCommand): Promise<RunningCommand> {
    return this.#unlessCancelled(() => this.communicator.start(command))
  }

  async exec(command: string, options: ExecOptions = {}): Promise<ExecResult> {
    const stdout = new Kept(`The output of "${command}"`)
    const stderr = new Kept(`The error output of "${command}"`)
    const exitStatus = await this.#unlessCancelled(() =>
      Promise.race([this.#run({ command, stdout, stderr }, options), stdout.tooLong, stderr.tooLong]),
    )
    return {
      exitStatus,
      stdout: stdout.content().toString('utf8'),
      stderr: stderr.content().toString('utf8'),
    }
  }

  runWithUi(command: string, options: ExecOptions = {}): Promise<number> {
    const stdout = new Lines((line) => this.#ui.say(line))
    const stderr = new Lines((line) => this.#ui.error(line))
    return this.#unlessCancelled(async () => {
      const exitStatus = await this.#run({ command, stdout, stderr }, options)
      await Promise.all([stdout.flush(), stderr.flush()])
      return exitStatus
    })
  }

  async #run(command: RemoteCommand, { stdin }: ExecOptions): Promise<number> {
    const input = stdin === undefined ? {} : { stdin: readable(stdin) }
    const { exitStatus } = await this.communicator.start({ ...command, ...input })
    return exitStatus
  }

  async upload(path: string, content: Content, { mode }: UploadOptions = {}): Promise<void> {
    const info = content instanceof Readable ? undefined : infoOf(path, content, mode)
    await this.#send(path, readable(content), info)
  }

  async uploadFile(from: string, to: string): Promise<void> {
    const { size, mode, mtime } = await promises.stat(from)
    const info = { name: basename(from), size, mode: mode & 0o777, modified: mtime }
    await this.#send(to, createReadStream(from), info)
  }

  #send(path: string, source: Readable, info: FileInfo | undefined): Promise<void> {
    return this.#unlessCancelled(async () => {
      try {
        await this.communicator.upload({ path, source, ...(info ? { info } : {}) })
      } finally {
        source.destroy()
      }
    })
  }

  uploadDirectory(from: string, to: string, { exclude = [] }: DirectoryOptions = {}): Promise<void> {
    return this.#unlessCancelled(() =>
      this.communicator.uploadDir({ source: absolute(from), target: to, exclude }),
    )
  }

  async download(path: string): Promise<Buffer> {
    const target = new Kept(`The file ${path}`)
    await this.#unlessCancelled(() =>
      Promise.race([this.communicator.download({ path, target }), target.tooLong]),
    )
    return target.content()
  }

  downloadFile(from: string, to: string): Promise<void> {
    return this.#unlessCancelled(async () => {
      const target = createWriteStream(to)
      // Rejects when the file cannot be written, before or while it is.
      const written = finished(target)
      try {
        await Promise.race([this.communicator.download({ path: from, target }), written])
        target.end()
        await written
      } catch (error) {
        target.destroy()
        await promises.rm(to, { force: true })
        throw error
      }
    })
  }

  downloadDirectory(from: string, to: string, { exclude = [] }: DirectoryOptions = {}): Promise<void> {
    return this.#unlessCancelled(() =>
      this.communicator.downloadDir({ source: from, target: absolute(to), exclude }),
    )
  }

  /** A cancelled build does not wait: what runs on the machine cannot be ended from here. */
  async #unlessCancelled<T>(run: () => Promise<T>): Promise<T> {
    const signal = this.#signal
    CancelledError.throwIf(signal)
    let cancel = () => {}
    const cancelled = new Promise<never>((_, reject) => {
      cancel = () => reject(new CancelledError())
      signal.addEventListener('abort', cancel)
    })
    try {
      return await Promise.race([run(), cancelled])
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }
}

function readable(content: Content): Readable {
  if (content instanceof Readable) return content
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return Readable.from(bytes.length > 0 ? [bytes] : [], { objectMode: false })
}

function infoOf(path: string, content: string | Uint8Array, mode = 0o644): FileInfo {
  return { name: basename(path), size: Buffer.byteLength(content), mode, modified: undefined }
}

/** The other end may run in another directory; the slash at the end says what is copied. */
function absolute(path: string): string {
  return /[/\\]$/.test(path) ? `${resolve(path)}/` : resolve(path)
}
