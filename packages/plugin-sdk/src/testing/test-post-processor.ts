import { ARTIFACT_STATE_URI, encodeImages, type Image } from '@ingot/image'
import { type Artifact, connectInProcess, type GeneratedData, type PostProcessed } from '@ingot/plugin-rpc'
import { standardData } from '../artifact/generated-data.ts'
import { asList, type Images } from '../artifact/metadata.ts'
import type { ConfigInput, ConfigSchema } from '../config/config.ts'
import type { Plugin } from '../plugin/define-plugin.ts'
import type { PostProcessorComponent } from '../post-processor/definition.ts'
import { HostedPostProcessor } from '../post-processor/hosted-post-processor.ts'
import { type AnyConfig, componentOf } from './component-of.ts'
import { callConfigs, type TemplateKind } from './config-elements.ts'
import { RecordingUi } from './recording-ui.ts'
import { readArtifact, type TestArtifact } from './test-artifact.ts'
import { told } from './test-error.ts'
import { testSurroundings } from './test-surroundings.ts'

/** What a post-processor under test gets; all of it may be left out. */
export interface TestInput {
  readonly id?: string
  readonly builderId?: string
  readonly description?: string
  readonly files?: readonly string[]
  /** What it tells a registry; nothing unless told. */
  readonly images?: Images
  /** What the builder told of the build, beside the standard names. */
  readonly data?: GeneratedData
  /** More of what it answers. */
  state?(name: string): unknown
}

/** What surrounds a post-processor under test. */
export interface TestProcessOptions {
  /** What comes in. */
  readonly artifact?: TestInput
  /** The template's `keep_input_artifact`. */
  readonly keepInputArtifact?: boolean
  /** Cancels the build. */
  readonly signal?: AbortSignal
  /** More of what the host says: `packer_force`, `packer_user_variables`, … */
  readonly packer?: Readonly<Record<string, unknown>>
  /** How the template is written; `hcl` unless told. Only JSON templates read build variables as `{{ build }}`. */
  readonly template?: TemplateKind
}

/** What a post-processor did. */
export interface TestProcess {
  /** What came of it. */
  readonly artifact: TestArtifact
  /** Its images, as Packer's core reads them; empty where it names none. */
  readonly images: readonly Image[]
  /** Whether what came in stays. Packer destroys it else. */
  readonly inputKept: boolean
  /** All that the user read, a line each. */
  readonly output: string
}

/** Runs of one post-processor; see {@link testPostProcessor}. */
export interface PostProcessorTest<Config> {
  /** @throws TestBuildError when the configuration is refused or the run fails. */
  run(config: Config, options?: TestProcessOptions): Promise<TestProcess>
  /** @throws TestBuildError when the configuration is refused. */
  configure(config: Config, options?: TestProcessOptions): Promise<void>
}

/**
 * Runs a post-processor over the real wire, in process, as Packer does: configure when the template is read,
 * configure again, process, ask the artifact.
 *
 * @example
 * const { artifact } = await testPostProcessor(compress).run({}, { artifact: { files: ['disk.img'] } })
 * expect(artifact.files).toEqual(['disk.img.gz'])
 */
export function testPostProcessor<Schema extends ConfigSchema>(
  component: PostProcessorComponent<Schema>,
): PostProcessorTest<ConfigInput<Schema>>
/** The plugin's only post-processor, or the one of that name. */
export function testPostProcessor(plugin: Plugin, name?: string): PostProcessorTest<AnyConfig>
export function testPostProcessor(
  // biome-ignore lint/suspicious/noExplicitAny: the overloads say which
  given: PostProcessorComponent<any> | Plugin,
  name?: string,
): PostProcessorTest<AnyConfig> {
  const component = componentOf(given, 'postProcessors', name)
  const schema = component.definition.config
  const connect = () =>
    connectInProcess({ postProcessor: new HostedPostProcessor(component, testSurroundings()) })
  return {
    async run(config, { signal = new AbortController().signal, ...options } = {}) {
      // Stays open for the questions that the test asks of the artifact.
      const plugin = await connect()
      const ui = new RecordingUi()
      const input = options.artifact ?? {}
      const [first, last] = callConfigs(schema, config, { ...options, data: dataOf(input) })
      return told(ui, async () => {
        await plugin.postProcessor.configure(first)
        if (last) await plugin.postProcessor.configure(last)
        const processed = await plugin.postProcessor.postProcess({
          ui,
          artifact: inputArtifact(input),
          signal,
        })
        return read(processed!, ui, options.keepInputArtifact)
      })
    },
    async configure(config, options = {}) {
      await using plugin = await connect()
      const [first] = callConfigs(schema, config, { ...options, data: dataOf(options.artifact ?? {}) })
      await told(new RecordingUi(), () => plugin.postProcessor.configure(first))
    },
  }
}

async function read(
  { artifact, keepInput, forceKeep }: PostProcessed,
  ui: RecordingUi,
  wish: boolean | undefined,
): Promise<TestProcess> {
  const made = await readArtifact(artifact)
  const { images } = await made.metadata()
  const inputKept = keepInput && forceKeep ? true : (wish ?? keepInput)
  return { artifact: made, images, inputKept, output: ui.lines.join('\n') }
}

function dataOf({ data }: TestInput): GeneratedData {
  return { ...standardData(), ...data }
}

function inputArtifact(input: TestInput): Artifact {
  const { id = '', builderId = 'test.builder', files = [], images } = input
  return {
    builderId: async () => builderId,
    id: async () => id,
    describe: async () => input.description ?? [id, ...files].join('\n'),
    files: async () => files,
    destroy: async () => {},
    async state(name) {
      if (name === 'generated_data') return dataOf(input)
      if (name === ARTIFACT_STATE_URI && images !== undefined) return encodeImages(asList(images))
      return input.state?.(name)
    },
  }
}
