import { rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { reasonOf } from '../errors.ts'
import type { OnEvent } from '../events.ts'
import type { ManifestBuild, UnfinishedVersion } from '../manifest/manifest.ts'
import { writeManifest } from '../manifest/write-manifest.ts'

/** Images that wait for their registry, and the way to publish them. */
export interface Rescue {
  /** Undefined when no file could be written: then `manifest` is the only copy. */
  readonly file: string | undefined
  /** The file's content. */
  readonly manifest: string
  /** Publishes them. */
  readonly command: string
}

export interface RescueSettings {
  /** Where the file goes; the folder for temporary files where that cannot be written. */
  readonly folder: string
  readonly runUuid: string
  readonly version: UnfinishedVersion
  readonly onEvent: OnEvent
}

/** Keeps what a registry that is away could not be told, from the first failure until it is published. */
export class RescueFile {
  readonly #settings: RescueSettings
  readonly #kept = new Map<string, ManifestBuild>()
  #file: string | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(settings: RescueSettings) {
    this.#settings = settings
  }

  keep(component: string, build: ManifestBuild): Promise<void> {
    this.#kept.set(component, build)
    return this.#inTurn(() => this.#write())
  }

  /** Forgets a build that got published after all. */
  release(component: string): Promise<void> {
    if (!this.#kept.delete(component)) return this.#writing
    return this.#inTurn(() => (this.#kept.size === 0 ? this.#remove() : this.#write()))
  }

  get rescue(): Rescue | undefined {
    if (this.#kept.size === 0) return undefined
    return { file: this.#file, manifest: this.#manifest(), command: commandFor(this.#file ?? 'FILE') }
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(action)
    return this.#writing
  }

  /** The folder for temporary files is the second choice. */
  async #write(): Promise<void> {
    const before = this.#file
    try {
      this.#file = await this.#writeIn(this.#settings.folder).catch(() => this.#writeIn(tmpdir()))
    } catch (error) {
      this.#file = undefined
      this.#settings.onEvent({ type: 'rescue-failed', reason: reasonOf(error), manifest: this.#manifest() })
      return
    }
    if (this.#file === before) return
    this.#settings.onEvent({ type: 'rescued', file: this.#file, command: commandFor(this.#file) })
  }

  async #writeIn(folder: string): Promise<string> {
    const { bucket, fingerprint } = this.#settings.version
    const name = `ingot-rescue-${bucket.name}-${fingerprint.replace(/[^\w.-]/g, '_')}.json`
    const path = resolve(folder, name)
    await writeFile(`${path}.partial`, this.#manifest(), { mode: 0o600 })
    await rename(`${path}.partial`, path)
    return path
  }

  async #remove(): Promise<void> {
    if (this.#file) await rm(this.#file, { force: true })
    this.#file = undefined
  }

  #manifest(): string {
    const { runUuid, version } = this.#settings
    return writeManifest({ builds: [...this.#kept.values()], lastRunUuid: runUuid, unfinished: version })
  }
}

/** The command as a shell takes it. */
function commandFor(file: string): string {
  const quoted = /^[\w./+:@=-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`
  return `ingot publish --manifest ${quoted}`
}
