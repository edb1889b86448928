import type { Readable, Writable } from 'node:stream'
import type { Value } from '@ingot/cty'
import type { ObjectSpec } from './spec/hcl-spec.ts'

/*
 * What the two ends of the wire say to each other, without the wire. A plugin implements these and serves
 * them; a host gets clients that implement the same. So every test of one end runs against the other.
 */

/** One element of a call's configurations: a typed value (HCL templates) or plain data (JSON templates). */
export type ConfigElement =
  | { readonly kind: 'cty'; readonly value: Value }
  | { readonly kind: 'plain'; readonly data: unknown }

/** Flat data that a builder hands to provisioners: strings, numbers and booleans only. */
export type GeneratedData = Readonly<Record<string, string | number | boolean>>

export interface Builder {
  configSpec(): Promise<ObjectSpec>
  /** Throws when the configuration is refused; is called several times, with no side effect allowed. */
  prepare(configs: readonly ConfigElement[]): Promise<Prepared>
  /** Resolves after every clean-up is done; undefined where there is no artifact. */
  run(build: BuildCall): Promise<Artifact | undefined>
}

export interface Prepared {
  readonly generatedVars: readonly string[]
  readonly warnings: readonly string[]
}

export interface BuildCall {
  readonly ui: Ui
  readonly hook: Hook
  readonly signal: AbortSignal
}

export interface Datasource {
  configSpec(): Promise<ObjectSpec>
  configure(configs: readonly ConfigElement[]): Promise<void>
  outputSpec(): Promise<ObjectSpec>
  execute(call: { readonly signal: AbortSignal }): Promise<Value>
}

export interface Artifact {
  builderId(): Promise<string>
  id(): Promise<string>
  /** What people read about it. */
  describe(): Promise<string>
  files(): Promise<readonly string[]>
  /** Undefined where the artifact has nothing under that name. */
  state(name: string): Promise<unknown>
  destroy(): Promise<void>
}

export interface Ui {
  say(text: string): Promise<void>
  message(text: string): Promise<void>
  error(text: string): Promise<void>
  ask(question: string): Promise<string>
  machine(category: string, args: readonly string[]): Promise<void>
  /** Sizes in bytes. */
  trackProgress(transfer: Transfer): Promise<Progress>
}

export interface Transfer {
  readonly source: string
  readonly totalSize: number
  readonly currentSize: number
}

export interface Progress {
  add(bytes: number): Promise<void>
  close(): Promise<void>
}

export interface Hook {
  /** Resolves when the provisioners have ended, also after an abort. */
  run(call: HookCall): Promise<void>
}

export interface HookCall {
  /** `packer_provision` or `packer_cleanup_provision`. */
  readonly name: string
  readonly ui: Ui
  /** Undefined: there is nothing to talk to, and any use of it is answered with an error. */
  readonly communicator: Communicator | undefined
  readonly data: GeneratedData
  readonly signal: AbortSignal
}

/**
 * A way to the machine that is being built. The streams that a call is given stay its caller's: a target is
 * written to and left open, a source is read to its end.
 */
export interface Communicator {
  start(command: RemoteCommand): Promise<RunningCommand>
  upload(file: { readonly path: string; readonly source: Readable; readonly info?: FileInfo }): Promise<void>
  download(file: { readonly path: string; readonly target: Writable }): Promise<void>
  uploadDir(transfer: DirectoryTransfer): Promise<void>
  downloadDir(transfer: DirectoryTransfer): Promise<void>
}

export interface RemoteCommand {
  readonly command: string
  readonly stdin?: Readable
  readonly stdout?: Writable
  readonly stderr?: Writable
}

export interface RunningCommand {
  /** Resolves when the command has ended and its output has been delivered. */
  readonly exitStatus: Promise<number>
}

export interface FileInfo {
  readonly name: string
  readonly size: number
  /** Go's `os.FileMode` bits; the permissions are the low nine. */
  readonly mode: number
  readonly modified: Date | undefined
}

export interface DirectoryTransfer {
  readonly source: string
  readonly target: string
  readonly exclude: readonly string[]
}
