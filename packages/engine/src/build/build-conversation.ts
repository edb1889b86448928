import { type Build, type Client, ClientError, type Clock, type VersionPlace } from '@ingot/client'
import { reasonOf } from '../errors.ts'
import type { OnEvent } from '../events.ts'
import type { ManifestBuild } from '../manifest/manifest.ts'
import type { ResolvedParent } from '../parent.ts'
import { builderType } from '../plan/component-type.ts'
import { type BuildRecord, recordOf } from '../publish/build-record.ts'
import {
  type ImagelessStatus,
  type ReportedBuild,
  reportDone,
  reportStatus,
} from '../publish/build-report.ts'
import { startHeartbeat } from '../publish/heartbeat.ts'
import { isDone } from '../publish/open-version.ts'
import { persistently } from '../publish/persistence.ts'
import type { RescueFile } from '../publish/rescue.ts'
import type { BuildOutcome, Made } from './plan-outcome.ts'
import type { PreparedBuild } from './prepare-build.ts'
import { type MadeArtifact, runBuilder } from './run-builder.ts'
import { runMetadata } from './run-metadata.ts'
import { LAST_WORD_MS, SHORT_PATIENCE_MS } from './run-options.ts'

/** What the builds of one run and version share. */
export interface RunningVersion {
  readonly client: Client
  readonly at: VersionPlace
  readonly runUuid: string
  readonly buildLabels: Readonly<Record<string, string>>
  readonly parents: readonly ResolvedParent[]
  readonly rescue: RescueFile
  readonly onEvent: OnEvent
  readonly clock: Clock
  readonly heartbeatMs: number
  readonly patienceMs: number
  /** Aborts when the run is cancelled, softly or hard. */
  readonly stop: AbortSignal
  /** Aborts when nothing is to be waited for any more. */
  readonly kill: AbortSignal
}

/** One build from its start to its end in the registry: what packer tells a registry, in the same order. */
export class BuildConversation {
  readonly #prepared: PreparedBuild
  readonly #version: RunningVersion
  readonly #reported: ReportedBuild
  readonly #done: boolean

  constructor(prepared: PreparedBuild, build: Build, version: RunningVersion) {
    this.#prepared = prepared
    this.#version = version
    const { client, at, runUuid } = version
    this.#reported = { client, at: { ...at, buildId: build.id }, runUuid }
    this.#done = isDone(build)
  }

  async hold(): Promise<BuildOutcome> {
    const { component } = this.#prepared
    if (this.#done) {
      this.#version.onEvent({ type: 'build-skipped', component })
      return { status: 'already-done', component }
    }
    if (this.#version.stop.aborted) return this.#cancelled()
    try {
      await this.#begin()
    } catch (error) {
      return this.#failed(error)
    }
    return this.#run()
  }

  /** A registry that refuses stops the build; one that is away does not, since it is told everything at the end. */
  async #begin(): Promise<void> {
    const { component } = this.#prepared
    try {
      await reportStatus(this.#reported, 'BUILD_RUNNING', { signal: this.#version.stop })
    } catch (error) {
      if (!(error instanceof ClientError) || !(error.transient || error.kind === 'aborted')) throw error
      this.#trouble(error)
    }
    this.#version.onEvent({ type: 'build-started', component })
  }

  async #run(): Promise<BuildOutcome> {
    const { clock, heartbeatMs, stop, onEvent } = this.#version
    const started = clock.now()
    const heartbeat = startHeartbeat({
      clock,
      intervalMs: heartbeatMs,
      beat: (signal) => reportStatus(this.#reported, 'BUILD_RUNNING', { signal }),
      onTrouble: (error) => this.#trouble(error),
    })
    try {
      const artifact = await runBuilder(this.#prepared, { signal: stop, onEvent })
      await heartbeat.stop()
      return await this.#publish(artifact, clock.now() - started)
    } catch (error) {
      await heartbeat.stop()
      return stop.aborted ? this.#cancelled() : this.#failed(error)
    }
  }

  async #publish(artifact: MadeArtifact, milliseconds: number): Promise<BuildOutcome> {
    const { component } = this.#prepared
    const { rescue, onEvent } = this.#version
    const record = this.#recordOf(artifact)
    const { id, description, files } = artifact
    const made: Made = { id, description, files, milliseconds }
    const keep = () => rescue.keep(component, this.#manifestBuild(artifact, record))
    try {
      await reportDone(this.#reported, record, {
        ...this.#patience(),
        onTrouble: (error) => this.#trouble(error, keep),
      })
    } catch (error) {
      await keep()
      return { status: 'unpublished', component, record, made, reason: reasonOf(error) }
    }
    await rescue.release(component)
    onEvent({ type: 'build-published', component, record })
    return { status: 'published', component, record, made }
  }

  /** Once cancelled, an image that was made all the same is still published, if the registry does not keep it waiting. */
  #patience() {
    const { clock, patienceMs, stop, kill } = this.#version
    if (!stop.aborted) return { clock, patienceMs, signal: stop }
    return { clock, patienceMs: Math.min(patienceMs, SHORT_PATIENCE_MS), signal: kill }
  }

  async #failed(error: unknown): Promise<BuildOutcome> {
    const { component } = this.#prepared
    const reason = reasonOf(error)
    this.#version.onEvent({ type: 'build-failed', component, reason })
    await this.#end('BUILD_FAILED')
    return { status: 'failed', component, reason }
  }

  async #cancelled(): Promise<BuildOutcome> {
    const { component } = this.#prepared
    this.#version.onEvent({ type: 'build-cancelled', component })
    await this.#end('BUILD_CANCELLED')
    return { status: 'cancelled', component }
  }

  /** The registry finds out by itself when heartbeats stay away, so this is only told, not insisted on. */
  async #end(status: ImagelessStatus): Promise<void> {
    const { clock, kill, patienceMs } = this.#version
    const signal = kill.aborted ? AbortSignal.timeout(LAST_WORD_MS) : kill
    const patience = { clock, patienceMs: Math.min(patienceMs, SHORT_PATIENCE_MS), signal }
    try {
      await persistently({ ...patience, onTrouble: () => undefined }, () =>
        reportStatus(this.#reported, status, { signal }),
      )
    } catch (error) {
      if (!(error instanceof ClientError)) throw error
      this.#trouble(error)
    }
  }

  #trouble(error: ClientError, keep?: () => Promise<void>): Promise<void> | undefined {
    this.#version.onEvent({ type: 'registry-trouble', component: this.#prepared.component, error })
    return keep?.()
  }

  #recordOf({ images }: MadeArtifact): BuildRecord {
    const { buildLabels, parents } = this.#version
    const { component, plugin } = this.#prepared
    return recordOf(images, { component, buildLabels, parents, metadata: runMetadata(plugin) })
  }

  #manifestBuild({ id, files }: MadeArtifact, record: BuildRecord): ManifestBuild {
    const { source } = this.#prepared
    const { runUuid, clock } = this.#version
    return {
      name: source.name,
      builderType: builderType(source),
      artifactId: id,
      runUuid,
      buildTime: Math.floor(clock.now() / 1000),
      files,
      customData: {},
      record,
    }
  }
}
