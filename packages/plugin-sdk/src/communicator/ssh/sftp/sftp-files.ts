import type { FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2'
import { messageOf } from '../../../errors/message-of.ts'
import { Ending } from '../ending.ts'
import type { Link } from '../link.ts'
import { SshError } from '../ssh-error.ts'

/** SSH_FX_NO_SUCH_FILE. */
const NO_SUCH_FILE = 2

/** A file that is open on the machine. */
export interface OpenFile {
  write(bytes: Buffer, position: number): Promise<void>
  /** Up to so many bytes; none at the end. */
  read(length: number, position: number): Promise<Buffer>
  close(): Promise<void>
}

/** The machine's files over SFTP. @throws SshError `file` with the path in every call. */
export class SftpFiles {
  readonly #sftp: SFTPWrapper
  readonly #ending = new Ending()

  constructor(sftp: SFTPWrapper) {
    this.#sftp = sftp
    sftp.once('close', () => this.#ending.end(new Error('the connection is closed')))
  }

  async open(path: string, flags: 'r' | 'w'): Promise<OpenFile> {
    const sftp = this.#sftp
    const handle = await this.#called<Buffer>(path, (done) => sftp.open(path, flags, done))
    return {
      write: (bytes, position) =>
        this.#called(path, (done) => sftp.write(handle, bytes, 0, bytes.length, position, done as never)),
      read: (length, position) =>
        this.#called(path, (done) =>
          sftp.read(handle, Buffer.allocUnsafe(length), 0, length, position, (error, count, buffer) =>
            done(error, error ? undefined : buffer.subarray(0, count)),
          ),
        ),
      close: () => this.#called(path, (done) => sftp.close(handle, done as never)),
    }
  }

  setMode(path: string, mode: number): Promise<void> {
    return this.#called(path, (done) => this.#sftp.chmod(path, mode, done as never))
  }

  list(path: string): Promise<readonly FileEntryWithStats[]> {
    return this.#called(path, (done) => this.#sftp.readdir(path, done))
  }

  /** Of what a link leads to; undefined where there is nothing. */
  async stats(path: string): Promise<Stats | undefined> {
    try {
      return await this.#called<Stats>(path, (done) => this.#sftp.stat(path, done))
    } catch (error) {
      if (((error as Error).cause as { readonly code?: number }).code === NO_SUCH_FILE) return
      throw error
    }
  }

  /** Makes a directory, unless it is there. */
  async makeDirectory(path: string): Promise<void> {
    if ((await this.stats(path))?.isDirectory()) return
    await this.#called(path, (done) => this.#sftp.mkdir(path, done as never))
  }

  /** What was asked over a connection that has ended is never answered. */
  async #called<T>(path: string, call: (done: Done<T>) => void): Promise<T> {
    try {
      return await this.#ending.orEnd<T>((resolve, reject) => {
        call((error, result) => (error ? reject(error) : resolve(result as T)))
      })
    } catch (error) {
      throw readable(path, error as Error)
    }
  }
}

type Done<T> = (error: Error | undefined | null, result?: T) => void

function readable(path: string, error: Error & { readonly code?: unknown }): SshError {
  // Only what the machine itself answers has a number.
  if (typeof error.code !== 'number') {
    return new SshError(
      'disconnected',
      `The connection ended while ${path} was copied: ${messageOf(error)}`,
      error,
    )
  }
  return new SshError('file', `The machine refuses ${path}: ${messageOf(error)}`, error)
}

/** Opens SFTP for a while. @throws SshError */
export async function withSftp<T>(link: Link, use: (files: SftpFiles) => Promise<T>): Promise<T> {
  const sftp = await link.use(
    (client) =>
      new Promise<SFTPWrapper>((resolve, reject) => {
        client.sftp((error, wrapper) => (error ? reject(noSftp(error)) : resolve(wrapper)))
      }),
  )
  // What goes wrong is told to the calls that it is of.
  sftp.on('error', () => {})
  try {
    return await use(new SftpFiles(sftp))
  } finally {
    sftp.end()
  }
}

function noSftp(error: Error): Error {
  if (!/subsystem/i.test(error.message)) return error
  return new SshError('file', 'The machine offers no SFTP: set ssh_file_transfer_method to "scp"', error)
}
