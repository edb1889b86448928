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

/** Makes images. A host asks one object for its spec and its preparation several times, and for a build once. */
export interface Builder {
  /** Must not fail: Packer has no way to bear it. */
  configSpec(): Promise<ObjectSpec>
  /** Throws where the configuration is refused, with what its author should change; is called several times, with no side effect allowed. */
  prepare(configs: readonly ConfigElement[]): Promise<Prepared>
  /** Resolves after every clean-up is done; undefined where there is no artifact. */
  run(build: BuildCall): Promise<Artifact | undefined>
}

/** What a builder says of a configuration that it takes. */
export interface Prepared {
  /** Names of what it will put into its {@link GeneratedData}, for templates that use it before there is any. */
  readonly generatedVars: readonly string[]
  readonly warnings: readonly string[]
}

/** What a builder has for the time of one build. */
export interface BuildCall {
  readonly ui: Ui
  readonly hook: Hook
  /** Aborts when the host cancels the build, or has gone, with an `AbortError` as its reason. */
  readonly signal: AbortSignal
}

/**
 * Changes the machine that a builder makes. A host asks one object for its spec and its preparation several times,
 * and to provision again where a template allows retries.
 */
export interface Provisioner {
  /** Must not fail: Packer has no way to bear it. */
  configSpec(): Promise<ObjectSpec>
  /**
   * Throws where the configuration is refused, with what its author should change; is called several times, with no
   * side effect allowed, and each time from the beginning.
   */
  prepare(configs: readonly ConfigElement[]): Promise<void>
  /**
   * Resolves after every clean-up is done, also after an abort: a host waits for it as long as the builder waits for the
   * host. A run that was cancelled before it began is not begun.
   */
  provision(call: ProvisionCall): Promise<void>
}

/** What a provisioner has for the time of one run. */
export interface ProvisionCall {
  readonly ui: Ui
  /** The way to the machine; every use of it is an error where the builder has none. */
  readonly communicator: Communicator
  /** What the builder tells of the machine, such as `Host` and `User`. */
  readonly data: GeneratedData
  /** Aborts when the host cancels the run, or has gone, with an `AbortError` as its reason. */
  readonly signal: AbortSignal
}

/** Makes something of what a build, or the post-processor before, has made. */
export interface PostProcessor {
  /** Must not fail: Packer has no way to bear it. */
  configSpec(): Promise<ObjectSpec>
  /** As {@link Provisioner.prepare}. */
  configure(configs: readonly ConfigElement[]): Promise<void>
  /** Undefined where there is no artifact: then Packer runs none of the post-processors that follow. */
  postProcess(call: PostProcessCall): Promise<PostProcessed | undefined>
}

/** What a post-processor has for the time of one run. */
export interface PostProcessCall {
  readonly ui: Ui
  /** What it works on. It answers after the run too, so a result can be made of it. */
  readonly artifact: Artifact
  /** Aborts when the host cancels the run, or has gone, with an `AbortError` as its reason. */
  readonly signal: AbortSignal
}

/** What came of a post-processor. */
export interface PostProcessed {
  /** May be the artifact that it was given; that one is always kept, since it is the result. */
  readonly artifact: Artifact
  /** Whether the artifact that it was given stays, unless the template says otherwise; without it the host destroys that one. */
  readonly keepInput: boolean
  /** Whether it stays even against the template's `keep_input_artifact = false`, because the result is nothing without it. */
  readonly forceKeep: boolean
}

/** Finds something out for a template. */
export interface Datasource {
  configSpec(): Promise<ObjectSpec>
  /** Throws where the configuration is refused. */
  configure(configs: readonly ConfigElement[]): Promise<void>
  /** What {@link execute} will answer, for a template that is only validated. Must not fail. */
  outputSpec(): Promise<ObjectSpec>
  /** A value of exactly the type that the output spec tells: Packer stops where two of a kind differ. */
  execute(call: { readonly signal: AbortSignal }): Promise<Value>
}

/** A component of any kind, as one plugin process serves it. */
export type Component =
  | { readonly builder: Builder }
  | { readonly provisioner: Provisioner }
  | { readonly postProcessor: PostProcessor }
  | { readonly datasource: Datasource }

/** What a build made. Only {@link destroy} should fail: hosts take the failure of the others for an empty answer. */
export interface Artifact {
  /** The same for all artifacts of a builder, so that others can tell what they get. */
  builderId(): Promise<string>
  id(): Promise<string>
  /** What people read about it. */
  describe(): Promise<string>
  files(): Promise<readonly string[]>
  /** Undefined where the artifact has nothing under that name. */
  state(name: string): Promise<unknown>
  destroy(): Promise<void>
}

/**
 * Where people read what happens. Over the wire, what is said never fails, and arrives in the order in which it was
 * said even when nobody waits for it.
 */
export interface Ui {
  say(text: string): Promise<void>
  message(text: string): Promise<void>
  error(text: string): Promise<void>
  /** Throws where nobody can be asked, as in a run without a terminal. */
  ask(question: string): Promise<string>
  /** For programs that read the output. */
  machine(category: string, args: readonly string[]): Promise<void>
  /** Shows a transfer until its progress is closed. */
  trackProgress(transfer: Transfer): Promise<Progress>
}

/** What is shown of a transfer; sizes in bytes. */
export interface Transfer {
  readonly source: string
  readonly totalSize: number
  readonly currentSize: number
}

/** A transfer that is shown; over the wire it never fails. */
export interface Progress {
  /** Bytes since the last call. */
  add(bytes: number): Promise<void>
  close(): Promise<void>
}

/** Lets the host do what a template asks for in the middle of a build. */
export interface Hook {
  /**
   * Resolves or throws when the provisioners have ended, also after an abort, so that they can clean up. Throws the
   * signal's reason where it had aborted before.
   */
  run(call: HookCall): Promise<void>
}

/** What the host gets for provisioning. */
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

/** A command for the machine's shell; its streams stay open, their owner ends them. */
export interface RemoteCommand {
  readonly command: string
  readonly stdin?: Readable
  readonly stdout?: Writable
  readonly stderr?: Writable
  /**
   * Aborts when nobody waits for the command any more: its caller has ended, or has gone. A command that can be ended should
   * end then. What is sent to the other end cannot be, and heeds no signal.
   */
  readonly signal?: AbortSignal
}

/** A command that has begun. */
export interface RunningCommand {
  /** Resolves when the command has ended and its output has been delivered; 123 where its status is not known. */
  readonly exitStatus: Promise<number>
}

/** What is known of a file that is uploaded. */
export interface FileInfo {
  readonly name: string
  readonly size: number
  /** Go's `os.FileMode` bits; the permissions are the low nine. */
  readonly mode: number
  readonly modified: Date | undefined
}

/** A directory and where it goes; both ends need absolute paths, since they run in different directories. */
export interface DirectoryTransfer {
  /** With a slash at its end: what is in it, else the directory itself. */
  readonly source: string
  readonly target: string
  readonly exclude: readonly string[]
}
