import type { Readable } from 'node:stream'
import type { Communicator, RemoteCommand, RunningCommand } from '@ingot/plugin-rpc'

/** The machine that is being built. Every call rejects when the build is cancelled. */
export interface RemoteMachine {
  /**
   * Runs a command in the machine's shell and keeps its output. An exit status is no error: look at it.
   * @throws OutputTooLongError when there is more than {@link OUTPUT_LIMIT} of it: use `start` then.
   */
  exec(command: string, options?: ExecOptions): Promise<ExecResult>
  /** Runs a command and shows its output to the user, line by line. Answers its exit status. */
  runWithUi(command: string, options?: ExecOptions): Promise<number>
  /** Runs a command whose streams you keep yourself. There is no way to end it from here. */
  start(command: RemoteCommand): Promise<RunningCommand>
  /** Writes a file. */
  upload(path: string, content: Content, options?: UploadOptions): Promise<void>
  /** Copies a file from here, with its permissions. */
  uploadFile(from: string, to: string): Promise<void>
  /** Copies a directory from here; with a slash at the end of `from` what is in it, else the directory itself. */
  uploadDirectory(from: string, to: string, options?: DirectoryOptions): Promise<void>
  /**
   * Reads a file.
   * @throws OutputTooLongError when it is longer than {@link OUTPUT_LIMIT}: use `downloadFile` then.
   */
  download(path: string): Promise<Buffer>
  /** Copies a file to here. */
  downloadFile(from: string, to: string): Promise<void>
  /** Copies a directory to here; the slash counts as for uploads. */
  downloadDirectory(from: string, to: string, options?: DirectoryOptions): Promise<void>
  /** The same as the wire has it, for code that takes any communicator. */
  readonly communicator: Communicator
}

/** Text as UTF-8, bytes, or a stream that is read to its end. */
export type Content = string | Uint8Array | Readable

/** What a command may have. */
export interface ExecOptions {
  readonly stdin?: Content
}

/** What a command left. */
export interface ExecResult {
  /** 123 where it is not known, {@link DISCONNECTED} where the machine went away, as when it reboots. */
  readonly exitStatus: number
  readonly stdout: string
  readonly stderr: string
}

/** How a file is written. */
export interface UploadOptions {
  /** Permissions, as 0o755. */
  readonly mode?: number
}

/** What of a directory is left out. */
export interface DirectoryOptions {
  /** Paths in it. Not every communicator heeds them. */
  readonly exclude?: readonly string[]
}

/** How much of a command's output, of either kind, or of a file is kept: bytes. */
export const OUTPUT_LIMIT = 16_777_216

/** The exit status by which communicators in Go say that the machine went away while a command ran. */
export const DISCONNECTED = 2_300_218

/** Output, or a file, that is longer than what is kept in memory. */
export class OutputTooLongError extends Error {
  override readonly name = 'OutputTooLongError'
}
