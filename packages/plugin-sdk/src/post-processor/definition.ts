import type { Image } from '@ingot/image'
import type { GeneratedData } from '@ingot/plugin-rpc'
import type { Images } from '../artifact/metadata.ts'
import type { Render } from '../component/author-run.ts'
import type { PrepareCall } from '../component/prepared-config.ts'
import type { ConfigOf, ConfigSchema } from '../config/config.ts'
import type { Duration } from '../config/duration.ts'
import type { PackerSettings } from '../config/packer-settings.ts'
import type { BuildUi } from '../ui/build-ui.ts'

/** What a post-processor is: see {@link definePostProcessor}. */
export interface PostProcessorDefinition<Schema extends ConfigSchema> {
  /** For the documentation; Markdown. */
  readonly doc?: string
  readonly config: Schema
  /** What its own artifacts answer as `BuilderId`; unless told, the plugin's and the component's name with a dot. */
  readonly builderId?: string
  /** How long after a cancel `run` may still take, {@link ABORT_GRACE} unless told; then it is left and its process ends. */
  readonly abortGrace?: Duration
  /** Checks beyond the schema, with no side effect: throw to refuse, call `warn` to warn. Runs several times. */
  prepare?(call: PrepareCall<ConfigOf<Schema>>): void | Promise<void>
  /**
   * Makes something of an artifact. Returns what it made, or nothing where the artifact goes on as it is. Throw an
   * error whose message says what the user can do.
   */
  run(
    processing: Processing<ConfigOf<Schema>>,
  ): ProcessResult | undefined | Promise<ProcessResult | undefined>
}

/** What a running post-processor has at hand. */
export interface Processing<Config> {
  readonly config: Config
  readonly packer: PackerSettings
  /** What the user reads, in the order it was said; sensitive values never show. */
  readonly ui: BuildUi
  /** What the builder, or the post-processor before, has made. */
  readonly artifact: InputArtifact
  /** What the builder tells of the build: `ID`, `PackerRunUUID`, … */
  readonly data: GeneratedData
  /** Fills in `{{ }}` of a `.verbatim()` field. */
  readonly render: Render
  /** Aborted when the user cancels the build. */
  readonly signal: AbortSignal
}

/** The artifact that a post-processor gets. */
export interface InputArtifact {
  /** The same for all artifacts of a builder, so that you can tell what you get. */
  readonly builderId: string
  /** Empty for many builders that make files. */
  readonly id: string
  readonly description: string
  readonly files: readonly string[]
  /** What the artifact answers to a name; undefined where nothing. */
  state(name: string): Promise<unknown>
  /** The images that it tells a registry; empty where none. */
  images(): Promise<readonly Image[]>
}

/** What became of an artifact: something new, or the artifact itself with something changed. */
export type ProcessResult = NewArtifact | DerivedArtifact

interface Answers {
  /** Instead of the post-processor's, or of the artifact's that it derives from. */
  readonly builderId?: string
  /** What people read about it; unless told, its id and files. */
  readonly description?: string
  readonly files?: readonly string[]
  /** Published by whoever runs the build; `none` where there are none. */
  readonly images?: Images | 'none'
  /** What later post-processors read as `build.NAME`, beside what this one got. */
  readonly data?: GeneratedData
  /** Answers by hand what is asked of the artifact; undefined leaves the answer to the fields above. */
  state?(name: string): unknown
  /** Removes what was made. */
  destroy?(): void | Promise<void>
  /**
   * False: the result takes the place of what came in, which is then destroyed unless the template says
   * `keep_input_artifact = true`. True unless told.
   */
  readonly keepInput?: boolean
  /**
   * Whether what came in stays even where the template says `keep_input_artifact = false`, because the result is
   * nothing without it. Unless told, true for what derives from it.
   */
  readonly forceOverride?: boolean
}

/** An artifact of its own. */
export interface NewArtifact extends Answers {
  /** The artifact's id. */
  readonly id: string
  readonly from?: undefined
}

/** What came in, with other answers: whatever is not said here, and every unknown state, it answers as before. */
export interface DerivedArtifact extends Answers {
  /** The `artifact` of the run. */
  readonly from: InputArtifact
  readonly id?: string
}

/** A post-processor, ready for {@link definePlugin} and {@link testPostProcessor}. */
export interface PostProcessorComponent<Schema extends ConfigSchema = ConfigSchema> {
  readonly kind: 'post-processor'
  readonly definition: PostProcessorDefinition<Schema>
}

/**
 * Defines a post-processor. The type of `config` in `run` follows from the schema; texts in it may read what the
 * builder tells, as `${build.ID}`, and in JSON templates as `{{ build "ID" }}`.
 *
 * @example
 * const note = definePostProcessor({
 *   config: config({ file: config.string().default('built.txt') }),
 *   async run({ config, artifact }) {
 *     await appendFile(config.file, `${artifact.id}\n`)
 *   },
 * })
 */
export function definePostProcessor<Schema extends ConfigSchema>(
  definition: PostProcessorDefinition<Schema>,
): PostProcessorComponent<Schema> {
  return { kind: 'post-processor', definition }
}
