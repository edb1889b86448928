import { ARTIFACT_STATE_URI } from '@ingot/image'
import type { Artifact, GeneratedData } from '@ingot/plugin-rpc'
import type { Metadata } from '../artifact/metadata.ts'
import { DefinitionError } from '../errors/definition-error.ts'
import type { BuildResult } from './definition.ts'

interface ArtifactFacts {
  /** Where the result names none. */
  readonly builderId: string
  readonly metadata: Metadata | undefined
  readonly data: GeneratedData
}

/** What a build made, as hosts ask for it. */
export class BuiltArtifact implements Artifact {
  readonly #result: BuildResult
  readonly #facts: ArtifactFacts

  /** @throws DefinitionError for a result without an id. */
  constructor(result: BuildResult, facts: ArtifactFacts) {
    if (typeof result.id !== 'string' || result.id === '') {
      throw new DefinitionError('The build returned no id: return the id of what it made')
    }
    this.#result = result
    this.#facts = facts
  }

  async builderId(): Promise<string> {
    return this.#result.builderId ?? this.#facts.builderId
  }

  async id(): Promise<string> {
    return this.#result.id
  }

  async describe(): Promise<string> {
    const { description, id, files = [] } = this.#result
    return description ?? [id, ...files].join('\n')
  }

  async files(): Promise<readonly string[]> {
    return this.#result.files ?? []
  }

  async state(name: string): Promise<unknown> {
    if (name === ARTIFACT_STATE_URI) return this.#facts.metadata?.state
    const byHand = await this.#result.state?.(name)
    if (byHand !== undefined) return byHand
    return name === 'generated_data' ? this.#facts.data : undefined
  }

  async destroy(): Promise<void> {
    await this.#result.destroy?.()
  }
}
