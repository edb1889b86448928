import type { ImageInput } from '@ingot/image'
import type { Artifact, BuildCall, GeneratedData } from '@ingot/plugin-rpc'
import { checkData, identified, standardData } from '../artifact/generated-data.ts'
import {
  asList,
  checkImages,
  type Images,
  ImagesError,
  type Metadata,
  metadataOf,
} from '../artifact/metadata.ts'
import { type AbortGrace, AbortIgnoredError, withinGrace } from '../component/abort-grace.ts'
import { renderWith } from '../component/author-run.ts'
import type { ConfigOf, ConfigSchema } from '../config/config.ts'
import type { PackerSettings } from '../config/packer-settings.ts'
import { CancelledError, isCancelled } from '../errors/cancelled-error.ts'
import { messageOf } from '../errors/message-of.ts'
import type { Surroundings } from '../plugin/surroundings.ts'
import { OrderedUi } from '../ui/ordered-ui.ts'
import { BuiltArtifact } from './built-artifact.ts'
import type { Build, BuilderDefinition, BuildResult, Outcome, ProvisionCall } from './definition.ts'
import { runErrorCleanup, runProvisioners } from './provisioning.ts'

/** The settings of `-on-error` with which nothing is cleaned up after a failure. */
const leavesAll = ['abort', 'run-cleanup-provisioner']

type Cleanup = Parameters<Build<unknown>['cleanup']>[0]

/** One run of a builder. */
export class BuildRun<Schema extends ConfigSchema> {
  readonly #definition: BuilderDefinition<Schema, string>
  readonly #around: Surroundings
  readonly #call: BuildCall
  readonly #ui: OrderedUi
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal
  readonly #provisionings = new Set<Promise<void>>()
  readonly #cleanups: Cleanup[] = []
  readonly #published: ImageInput[] = []
  #data: GeneratedData = standardData()

  constructor(definition: BuilderDefinition<Schema, string>, call: BuildCall, around: Surroundings) {
    this.#definition = definition
    this.#around = around
    this.#call = call
    this.#ui = new OrderedUi(call.ui, around)
    this.#signal = AbortSignal.any([call.signal, this.#stop.signal])
  }

  /** Resolves or throws when the provisioners have ended, every clean-up is done and all is said. */
  async artifact(config: ConfigOf<Schema>, packer: PackerSettings): Promise<Artifact | undefined> {
    let outcome: Outcome = 'failed'
    try {
      const artifact = await this.#build(config, packer)
      outcome = 'done'
      return artifact
    } catch (error) {
      if (!isCancelled(this.#call.signal)) throw error
      outcome = 'cancelled'
      if (error instanceof AbortIgnoredError) throw error
      this.#around.log(`While it was cancelled, the build ended with: ${messageOf(error)}`)
      throw new CancelledError()
    } finally {
      await this.#end(outcome, packer)
    }
  }

  async #build(config: ConfigOf<Schema>, packer: PackerSettings): Promise<Artifact | undefined> {
    CancelledError.throwIf(this.#call.signal)
    const running = Promise.race([this.#definition.run(this.#context(config, packer)), this.#around.crashed])
    const result = await withinGrace(running, this.#grace('the builder'))
    await Promise.allSettled(this.#provisionings)
    if (isCancelled(this.#call.signal)) return this.#takeBack(result)
    return this.#finish(result)
  }

  /** How long is waited once the build is cancelled. */
  #grace(who: string): AbortGrace {
    const warn = (text: string) => void this.#ui.say(text)
    const { signal } = this.#call
    return { who, signal, grace: this.#definition.abortGrace, warn, around: this.#around }
  }

  #context(config: ConfigOf<Schema>, packer: PackerSettings): Build<ConfigOf<Schema>, string> {
    return {
      config,
      packer,
      ui: this.#ui,
      signal: this.#signal,
      provision: (call) => this.#provision(packer, call),
      cleanUpProvisioning: ({ communicator } = {}) =>
        this.#ended(runErrorCleanup(this.#hookCall(), { communicator, data: this.#data })),
      render: (template, more) => renderWith(packer, this.#data)(template, more),
      publishImages: (images) => this.#publish(images),
      cleanup: (step) => void this.#cleanups.unshift(step),
    }
  }

  async #provision(
    { onError }: PackerSettings,
    { communicator, data = {}, errorCleanup }: ProvisionCall<GeneratedData> = {},
  ): Promise<void> {
    checkData(data, this.#definition.generates ?? [])
    this.#data = { ...this.#data, ...data }
    const build = { ...this.#hookCall(), cleansUp: onError !== 'abort' && errorCleanup !== 'later' }
    await this.#ended(runProvisioners(build, { communicator, data: this.#data }))
  }

  #hookCall() {
    return { hook: this.#call.hook, ui: this.#ui, signal: this.#signal }
  }

  /** The build does not end before it, also where its author does not wait. */
  #ended(provisioning: Promise<void>): Promise<void> {
    this.#provisionings.add(provisioning)
    return provisioning
  }

  #publish(images: Images): void {
    checkImages(images)
    this.#published.push(...asList(images))
  }

  /** Whoever cancels a build wants nothing of it. */
  async #takeBack(result: BuildResult | undefined): Promise<never> {
    await this.#cleanUp(() => result?.destroy?.(), 'cancelled')
    throw new CancelledError()
  }

  async #finish(result: BuildResult | undefined): Promise<Artifact | undefined> {
    const none = this.#definition.images === 'none'
    if (result === undefined) {
      if (none) return
      throw new ImagesError(`The builder returned nothing: return what it made, or say images: 'none'`)
    }
    const metadata = await metadataOf(result, { published: this.#published, none })
    if (metadata) this.#warnOfSources(metadata)
    const data = { ...identified(this.#data, result.id), ...result.data }
    checkData(data, [])
    return new BuiltArtifact(result, { builderId: this.#around.builderId, metadata, data })
  }

  #warnOfSources({ images }: Metadata): void {
    if (this.#definition.sourceImage === 'none' || images.every((each) => each.sourceImageId !== '')) return
    void this.#ui.say(
      'Warning: an image names no source image, so a registry cannot tell what it was made from. ' +
        `Set its sourceImageId, or say sourceImage: 'none' in defineBuilder if there is none.`,
    )
  }

  async #end(outcome: Outcome, { onError }: PackerSettings): Promise<void> {
    if (outcome !== 'done') this.#stop.abort(new CancelledError())
    await Promise.allSettled(this.#provisionings)
    if (outcome !== 'done' && leavesAll.includes(onError)) this.#leaveAll(onError)
    else for (const step of this.#cleanups) await this.#cleanUp(step, outcome)
    await this.#ui.said()
  }

  /** Whoever looks for what went wrong wants everything as it is. */
  #leaveAll(onError: string): void {
    if (this.#cleanups.length > 0) void this.#ui.say(`Cleaning nothing up, because of -on-error=${onError}`)
  }

  /** One failing clean-up must not keep the others from running, nor hide why the build failed. */
  async #cleanUp(step: Cleanup, outcome: Outcome): Promise<void> {
    try {
      await withinGrace(step(outcome), this.#grace('a clean-up of the builder'))
    } catch (error) {
      void this.#ui.error(`Cleaning up failed: ${messageOf(error)}`)
    }
  }
}
