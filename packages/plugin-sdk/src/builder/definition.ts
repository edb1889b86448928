import type { Communicator, GeneratedData } from '@ingot/plugin-rpc'
import type { Images } from '../artifact/metadata.ts'
import type { Render } from '../component/author-run.ts'
import type { PrepareCall } from '../component/prepared-config.ts'
import type { ConfigOf, ConfigSchema } from '../config/config.ts'
import type { Duration } from '../config/duration.ts'
import type { PackerSettings } from '../config/packer-settings.ts'
import type { BuildUi } from '../ui/build-ui.ts'

/** How a build ended. */
export type Outcome = 'done' | 'failed' | 'cancelled'

/** What a builder is: see {@link defineBuilder}. */
export interface BuilderDefinition<Schema extends ConfigSchema, Generated extends string = never> {
  /** For the documentation; Markdown. */
  readonly doc?: string
  readonly config: Schema
  /** What its artifacts answer as `BuilderId`; unless told, the plugin's and the component's name with a dot. */
  readonly builderId?: string
  /** Names of the build variables that `provision` hands to provisioners, for `build.NAME`. */
  readonly generates?: readonly Generated[]
  /** `none`: this builder makes nothing that a registry could list. */
  readonly images?: 'none'
  /** `none`: its images start from nothing, so they name no source image. */
  readonly sourceImage?: 'none'
  /** How long after a cancel `run`, and each clean-up, may still take, {@link ABORT_GRACE} unless told; then it is left and its process ends. */
  readonly abortGrace?: Duration
  /** Checks beyond the schema, with no side effect: throw to refuse, call `warn` to warn. Runs several times. */
  prepare?(call: PrepareCall<ConfigOf<Schema>>): void | Promise<void>
  /** Makes the image. Throw an error whose message says what the user can do. */
  run(build: Build<ConfigOf<Schema>, Generated>): BuildResult | undefined | Promise<BuildResult | undefined>
}

/** What a running build has at hand. */
export interface Build<Config, Generated extends string = never> {
  readonly config: Config
  readonly packer: PackerSettings
  /** What the user reads, in the order it was said; sensitive values never show. */
  readonly ui: BuildUi
  /** Aborted when the user cancels the build. */
  readonly signal: AbortSignal
  /** Fills in `{{ }}` of a `.verbatim()` field; `{{ build }}` reads what was given to provisioners so far. */
  readonly render: Render
  /**
   * Runs the template's provisioners and resolves when they have ended; throws when one fails or the build is
   * cancelled. `data` is what they read as `build.NAME`.
   */
  provision(...call: ProvisionArguments<Generated>): Promise<void>
  /**
   * Runs the template's `error-cleanup-provisioner`, with the data of the last `provision`. Only for a build that keeps it
   * for later with `errorCleanup: 'later'`: unless told, a `provision` that fails runs it.
   */
  cleanUpProvisioning(call?: { readonly communicator?: Communicator }): Promise<void>
  /** Adds to the images that the build's artifact names, as they come to be; checked at once. */
  publishImages(images: Images): void
  /** Has `step` run when the build is over, however it ends: the last one added first, after the provisioners. */
  cleanup(step: (outcome: Outcome) => void | Promise<void>): void
}

/** The data is compulsory where the builder says what it generates. */
export type ProvisionArguments<Generated extends string> = [Generated] extends [never]
  ? [call?: ProvisionCall<GeneratedData>]
  : [call: ProvisionCall<GeneratedData & Readonly<Record<Generated, string | number | boolean>>> & HasData]

interface HasData {
  readonly data: GeneratedData
}

/** What the template's provisioners get. */
export interface ProvisionCall<Data extends GeneratedData> {
  /** How provisioners reach the machine; without it only those that work locally can run. */
  readonly communicator?: Communicator
  /** What provisioners may use beside the standard names (`ID`, `Host`, `PackerRunUUID`, …). */
  readonly data?: Data
  /** `later`: a failure does not run the template's `error-cleanup-provisioner`; `cleanUpProvisioning` does. */
  readonly errorCleanup?: 'later'
}

/** What a build made. */
export interface BuildResult {
  /** The artifact's id. */
  readonly id: string
  /** Instead of the builder's. */
  readonly builderId?: string
  /** What people read about it; unless told, its id and files. */
  readonly description?: string
  readonly files?: readonly string[]
  /** Published by whoever runs the build; `none` where this build made none. */
  readonly images?: Images | 'none'
  /** What post-processors read as `build.NAME`, beside what provisioners got. */
  readonly data?: GeneratedData
  /** Answers by hand what is asked of the artifact; undefined leaves the answer to the fields above. */
  state?(name: string): unknown
  /** Removes what was made. */
  destroy?(): void | Promise<void>
}

/** A builder, ready for {@link definePlugin} and {@link testBuilder}. */
export interface BuilderComponent<
  Schema extends ConfigSchema = ConfigSchema,
  Generated extends string = string,
> {
  readonly kind: 'builder'
  readonly definition: BuilderDefinition<Schema, Generated>
}

/**
 * Defines a builder. The type of `config` in `run` follows from the schema.
 *
 * @example
 * const tarball = defineBuilder({
 *   config: config({ source: config.string().required() }),
 *   async run({ config, ui }) {
 *     ui.say(`Packing ${config.source}`)
 *     return {
 *       id: 'sha256:1234',
 *       images: { imageId: 'sha256:1234', providerName: 'tarball', sourceImageId: config.source },
 *     }
 *   },
 * })
 */
export function defineBuilder<Schema extends ConfigSchema, const Generated extends string = never>(
  definition: BuilderDefinition<Schema, Generated>,
): BuilderComponent<Schema, Generated> {
  return { kind: 'builder', definition }
}
