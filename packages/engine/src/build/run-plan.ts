import { randomUUID } from 'node:crypto'
import { type Build, ClientError, systemClock, type VersionPlace } from '@ingot/client'
import { ulid } from 'ulid'
import { EngineError } from '../errors.ts'
import type { OnEvent } from '../events.ts'
import type { BuildPlan } from '../plan/build-plan.ts'
import { checkPlan } from '../plan/check-plan.ts'
import { componentType } from '../plan/component-type.ts'
import { upsertBucket } from '../publish/bucket.ts'
import { finishVersion, type VersionOutcome } from '../publish/finish-version.ts'
import { HEARTBEAT_MS } from '../publish/heartbeat.ts'
import {
  findOrStartVersion,
  refuseEnforcedBlocks,
  registerBuilds,
  requireOpen,
} from '../publish/open-version.ts'
import { RescueFile } from '../publish/rescue.ts'
import { BuildConversation, type RunningVersion } from './build-conversation.ts'
import { limited } from './limited.ts'
import { type PlanOutcome, statusOf } from './plan-outcome.ts'
import { PluginProcesses } from './plugin-processes.ts'
import type { PreparedBuild } from './prepare-build.ts'
import { prepareBuilds } from './prepare-builds.ts'
import { DEFAULT_PATIENCE_MS, type RunOptions } from './run-options.ts'

/**
 * Runs a build plan: starts the plugins, lets every builder check its settings, opens the version in the registry, builds
 * side by side and publishes what was made. Failures of single builds, cancellation and a registry that goes away are part
 * of the outcome. When it resolves or rejects, no plugin process is left.
 *
 * @throws EngineError when nothing could be built: `plan.invalid`, `plugin.*`, `config.invalid`, `version.*`, `cancelled`;
 *   ClientError when the registry cannot be reached or refuses the version
 */
export async function runPlan(plan: BuildPlan, options: RunOptions): Promise<PlanOutcome> {
  checkPlan(plan)
  const run = new PlanRun(plan, options)
  return run.run()
}

class PlanRun {
  readonly #plan: BuildPlan
  readonly #options: RunOptions
  readonly #onEvent: OnEvent
  readonly #processes = new PluginProcesses()
  readonly #stop: AbortSignal
  readonly #kill: AbortSignal
  readonly #runUuid: string
  readonly #at: VersionPlace

  constructor(plan: BuildPlan, options: RunOptions) {
    const never = new AbortController().signal
    this.#plan = plan
    this.#options = options
    this.#onEvent = options.onEvent ?? (() => undefined)
    this.#kill = options.killSignal ?? never
    this.#stop = AbortSignal.any([options.signal ?? never, this.#kill])
    this.#runUuid = options.runUuid ?? randomUUID()
    this.#at = { bucket: plan.bucket.name, fingerprint: plan.fingerprint ?? ulid() }
  }

  async run(): Promise<PlanOutcome> {
    this.#stopIfCancelled()
    let killing = Promise.resolve()
    const killAll = () => {
      killing = this.#processes.killAll()
    }
    this.#kill.addEventListener('abort', killAll)
    try {
      const prepared = await this.#prepare()
      const builds = await this.#open()
      return await this.#buildAll(prepared, builds)
    } finally {
      this.#kill.removeEventListener('abort', killAll)
      await killing
      await this.#processes.endAll()
    }
  }

  get #parallel(): number {
    return this.#options.parallel ?? this.#plan.sources.length
  }

  #stopIfCancelled(): void {
    if (!this.#stop.aborted) return
    throw new EngineError('cancelled', 'The run was cancelled before anything was built or recorded.')
  }

  async #prepare(): Promise<readonly PreparedBuild[]> {
    try {
      return await prepareBuilds(this.#plan, {
        env: this.#options.env ?? process.env,
        runUuid: this.#runUuid,
        onEvent: this.#onEvent,
        processes: this.#processes,
        parallel: this.#parallel,
        kill: this.#kill,
      })
    } finally {
      this.#stopIfCancelled()
    }
  }

  async #open(): Promise<ReadonlyMap<string, Build>> {
    const { client } = this.#options
    const options = { signal: this.#stop }
    try {
      await upsertBucket(client, this.#plan.bucket, options)
      const version = await findOrStartVersion(client, this.#at, { ...options, templateType: 'HCL2' })
      requireOpen(version, 'HCL2')
      const components = this.#plan.sources.map(componentType)
      const builds = await registerBuilds(client, this.#at, {
        ...options,
        components,
        runUuid: this.#runUuid,
      })
      await refuseEnforcedBlocks(client, this.#at.bucket, options)
      this.#onEvent({ type: 'version-opened', ...this.#at, id: version.id })
      return builds
    } catch (error) {
      this.#stopIfCancelled()
      throw error
    }
  }

  async #buildAll(
    prepared: readonly PreparedBuild[],
    builds: ReadonlyMap<string, Build>,
  ): Promise<PlanOutcome> {
    const version = this.#runningVersion()
    const outcomes = await limited(prepared, this.#parallel, async (each) => {
      const build = builds.get(each.component)
      if (!build) throw new Error(`The registry did not register ${each.component}.`)
      try {
        return await new BuildConversation(each, build, version).hold()
      } finally {
        await this.#processes.end(each.running)
      }
    })
    const end = await this.#finish()
    return {
      status: statusOf(outcomes, end),
      ...this.#at,
      runUuid: this.#runUuid,
      builds: outcomes,
      version: end,
      rescue: version.rescue.rescue,
    }
  }

  #runningVersion(): RunningVersion {
    const { client, clock, heartbeatMs, patienceMs, rescueFolder } = this.#options
    const { bucket, sources, channels = [], buildLabels = {}, parents = [] } = this.#plan
    const unfinished = {
      bucket,
      channels,
      components: sources.map(componentType),
      fingerprint: this.#at.fingerprint,
    }
    const shared = { runUuid: this.#runUuid, onEvent: this.#onEvent }
    return {
      ...shared,
      client,
      at: this.#at,
      buildLabels,
      parents,
      rescue: new RescueFile({ ...shared, folder: rescueFolder ?? '.', version: unfinished }),
      clock: clock ?? systemClock,
      heartbeatMs: heartbeatMs ?? HEARTBEAT_MS,
      patienceMs: patienceMs ?? DEFAULT_PATIENCE_MS,
      stop: this.#stop,
      kill: this.#kill,
    }
  }

  /** Undefined when the registry cannot be asked: then it has taken the builds, or they are in the rescue file. */
  async #finish(): Promise<VersionOutcome | undefined> {
    if (this.#kill.aborted) return undefined
    const options = { channels: this.#plan.channels ?? [], signal: this.#kill }
    try {
      const outcome = await finishVersion(this.#options.client, this.#at, options)
      for (const channel of outcome.channels) this.#onEvent({ type: 'channel', ...channel })
      this.#onEvent({ type: 'version-finished', name: outcome.name, complete: outcome.complete })
      return outcome
    } catch (error) {
      if (!(error instanceof ClientError)) throw error
      this.#onEvent({ type: 'registry-trouble', component: '', error })
      return undefined
    }
  }
}
