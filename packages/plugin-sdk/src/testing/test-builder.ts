import type { Image } from '@ingot/image'
import { type Builder, connectInProcess, type HookCall } from '@ingot/plugin-rpc'
import type { BuilderComponent } from '../builder/definition.ts'
import { HostedBuilder } from '../builder/hosted-builder.ts'
import type { ConfigInput, ConfigSchema } from '../config/config.ts'
import type { Plugin } from '../plugin/define-plugin.ts'
import { type AnyConfig, componentOf } from './component-of.ts'
import { configElement, packerElement } from './config-elements.ts'
import { RecordingUi } from './recording-ui.ts'
import { noArtifact, readArtifact, type TestArtifact } from './test-artifact.ts'
import { told } from './test-error.ts'
import { testSurroundings } from './test-surroundings.ts'

/** What surrounds a build under test. */
export interface TestBuildOptions {
  /** Cancels the build. */
  readonly signal?: AbortSignal
  /** Stands for the template's provisioners; unless told, there are none. Called again with the clean-up. */
  readonly provision?: (call: HookCall) => void | Promise<void>
  /** Answers what the build asks its user; unless told, nobody can be asked. */
  readonly answer?: (question: string) => string | Promise<string>
  /** More of what the host says: `packer_force`, `packer_on_error`, … */
  readonly packer?: Readonly<Record<string, unknown>>
}

/** What a build did. */
export interface TestBuild {
  /** As Packer's core reads them from the artifact; empty where it makes none. */
  readonly images: readonly Image[]
  /** All empty where the builder returned nothing. */
  readonly artifact: TestArtifact
  /** All that the user read, a line each, with the warnings of prepare first. */
  readonly output: string
  readonly warnings: readonly string[]
}

/** Runs of one builder; see {@link testBuilder}. */
export interface BuilderTest<Config> {
  /** @throws TestBuildError when the configuration is refused or the build fails. */
  run(config: Config, options?: TestBuildOptions): Promise<TestBuild>
  /** The warnings. @throws TestBuildError when the configuration is refused. */
  prepare(config: Config, options?: TestBuildOptions): Promise<readonly string[]>
}

/**
 * Runs a builder over the real wire, in process, as Packer does: prepare, run, ask the artifact.
 *
 * @example
 * const build = await testBuilder(tarball).run({ source: 'fixtures/site' })
 * expect(build.images).toMatchObject([{ imageId: build.artifact.id, providerName: 'tarball' }])
 */
export function testBuilder<Schema extends ConfigSchema, Generated extends string>(
  component: BuilderComponent<Schema, Generated>,
): BuilderTest<ConfigInput<Schema>>
/** The plugin's only builder, or the one of that name. */
export function testBuilder(plugin: Plugin, name?: string): BuilderTest<AnyConfig>
export function testBuilder(
  // biome-ignore lint/suspicious/noExplicitAny: the overloads say which
  given: BuilderComponent<any, string> | Plugin,
  name?: string,
): BuilderTest<AnyConfig> {
  const component = componentOf(given, 'builders', name)
  return {
    run: (config, options = {}) => new Trial(component, options).run(config),
    prepare: (config, options = {}) => new Trial(component, options).prepare(config),
  }
}

/** One run of a builder under test. */
class Trial<Schema extends ConfigSchema, Generated extends string> {
  readonly #component: BuilderComponent<Schema, Generated>
  readonly #options: TestBuildOptions
  readonly #ui: RecordingUi

  constructor(component: BuilderComponent<Schema, Generated>, options: TestBuildOptions) {
    this.#component = component
    this.#options = options
    this.#ui = new RecordingUi(options.answer)
  }

  async prepare(config: ConfigInput<Schema>): Promise<readonly string[]> {
    await using plugin = await this.#connect()
    return await told(this.#ui, () => this.#prepare(plugin.builder, config))
  }

  async run(config: ConfigInput<Schema>): Promise<TestBuild> {
    // Stays open for the questions that the test asks of the artifact.
    const plugin = await this.#connect()
    return told(this.#ui, async () => {
      const warnings = await this.#prepare(plugin.builder, config)
      const artifact = await this.#build(plugin.builder)
      const { images } = await artifact.metadata()
      return { images, artifact, output: this.#ui.lines.join('\n'), warnings }
    })
  }

  #connect() {
    return connectInProcess({ builder: new HostedBuilder(this.#component, testSurroundings()) })
  }

  async #prepare(builder: Builder, config: ConfigInput<Schema>): Promise<readonly string[]> {
    const schema = this.#component.definition.config
    const configs = [packerElement(this.#options.packer), configElement(schema, config)]
    const { warnings } = await builder.prepare(configs)
    this.#ui.lines.push(...warnings)
    return warnings
  }

  async #build(builder: Builder): Promise<TestArtifact> {
    const { provision, signal = new AbortController().signal } = this.#options
    const hook = { run: async (call: HookCall) => provision?.(call) }
    const artifact = await builder.run({ ui: this.#ui, hook, signal })
    return artifact ? readArtifact(artifact) : noArtifact
  }
}
