import type {
  ConfigElement,
  ObjectSpec,
  PostProcessCall,
  PostProcessed,
  PostProcessor,
} from '@ingot/plugin-rpc'
import { checkData } from '../artifact/generated-data.ts'
import { ownMetadata } from '../artifact/metadata.ts'
import { authorRun, renderWith } from '../component/author-run.ts'
import { PreparedConfig } from '../component/prepared-config.ts'
import type { ConfigSchema } from '../config/config.ts'
import { CancelledError } from '../errors/cancelled-error.ts'
import { DefinitionError } from '../errors/definition-error.ts'
import { messageOf } from '../errors/message-of.ts'
import { readable } from '../errors/readable.ts'
import type { Surroundings } from '../plugin/surroundings.ts'
import type { OrderedUi } from '../ui/ordered-ui.ts'
import type { PostProcessorComponent, PostProcessorDefinition, ProcessResult } from './definition.ts'
import { ProcessedArtifact } from './processed-artifact.ts'
import { ReceivedArtifact } from './received-artifact.ts'

/** A post-processor as hosts call it. */
export class HostedPostProcessor<Schema extends ConfigSchema> implements PostProcessor {
  readonly #definition: PostProcessorDefinition<Schema>
  readonly #around: Surroundings
  readonly #config: PreparedConfig<Schema>
  #warnings: readonly string[] = []

  constructor({ definition }: PostProcessorComponent<Schema>, around: Surroundings) {
    this.#definition = definition
    this.#around = { ...around, builderId: definition.builderId ?? around.builderId }
    this.#config = new PreparedConfig<Schema>(definition, around, { readsBuild: true })
  }

  async configSpec(): Promise<ObjectSpec> {
    return this.#config.spec
  }

  configure(configs: readonly ConfigElement[]): Promise<void> {
    return readable(this.#around, async () => {
      this.#warnings = await this.#config.prepare(configs)
    })
  }

  postProcess(call: PostProcessCall): Promise<PostProcessed> {
    const run = { ...call, who: 'the post-processor', grace: this.#definition.abortGrace }
    return readable(this.#around, () => authorRun(run, this.#around, (ui) => this.#process(call, ui)))
  }

  async #process({ artifact, signal }: PostProcessCall, ui: OrderedUi): Promise<PostProcessed> {
    // The answer to Configure has no place for them.
    for (const warning of this.#warnings) void ui.say(`Warning: ${warning}`)
    const received = await ReceivedArtifact.read(artifact)
    const { data } = received
    const { config, packer } = this.#config.final(data)
    const render = renderWith(packer, data)
    const result = await this.#definition.run({
      config,
      packer,
      ui,
      artifact: received,
      data,
      render,
      signal,
    })
    if (signal.aborted) return await this.#takeBack(result)
    if (!result) return { artifact, keepInput: true, forceKeep: true }
    return { artifact: await this.#made(result, received), ...kept(result) }
  }

  async #made(result: ProcessResult, received: ReceivedArtifact): Promise<ProcessedArtifact> {
    checkIdentity(result, received)
    checkData(result.data ?? {}, [])
    const metadata = await ownMetadata(result)
    return new ProcessedArtifact(result, { builderId: this.#around.builderId, metadata, received })
  }

  /** Whoever cancels a build wants nothing of it. */
  async #takeBack(result: ProcessResult | undefined): Promise<never> {
    try {
      if (result) await result.destroy?.()
    } catch (error) {
      this.#around.log(`What a cancelled run had made cannot be removed: ${messageOf(error)}`)
    }
    throw new CancelledError()
  }
}

function kept({ from, keepInput = true, forceOverride = from !== undefined }: ProcessResult) {
  return { keepInput, forceKeep: keepInput && forceOverride }
}

function checkIdentity({ from, id }: ProcessResult, received: ReceivedArtifact): void {
  if (from !== undefined && from !== received)
    throw new DefinitionError(
      'The result derives from an artifact that is not the one of this run: say from: artifact',
    )
  if (from === undefined && (typeof id !== 'string' || id === ''))
    throw new DefinitionError(
      'The post-processor returned no id: return the id of what it made, or from: artifact, or nothing',
    )
}
