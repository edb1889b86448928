import { ARTIFACT_STATE_URI } from '@ingot/image'
import type { Artifact } from '@ingot/plugin-rpc'
import type { Metadata } from '../artifact/metadata.ts'
import type { ProcessResult } from './definition.ts'
import type { ReceivedArtifact } from './received-artifact.ts'

interface ArtifactFacts {
  /** Where neither the result nor what it derives from names one. */
  readonly builderId: string
  readonly metadata: Metadata | undefined
  readonly received: ReceivedArtifact
}

/** What a post-processor made, as hosts ask for it. */
export class ProcessedArtifact implements Artifact {
  readonly #result: ProcessResult
  readonly #facts: ArtifactFacts
  /** What it derives from. */
  readonly #from: ReceivedArtifact | undefined

  constructor(result: ProcessResult, facts: ArtifactFacts) {
    this.#result = result
    this.#facts = facts
    this.#from = result.from && facts.received
  }

  async builderId(): Promise<string> {
    return this.#result.builderId ?? this.#from?.builderId ?? this.#facts.builderId
  }

  async id(): Promise<string> {
    return this.#result.id ?? this.#facts.received.id
  }

  async describe(): Promise<string> {
    const { description, id, files } = this.#result
    if (description !== undefined) return description
    const changed = id !== undefined || files !== undefined
    if (this.#from && !changed) return this.#from.description
    return [await this.id(), ...(await this.files())].filter((line) => line !== '').join('\n')
  }

  async files(): Promise<readonly string[]> {
    return this.#result.files ?? this.#from?.files ?? []
  }

  async state(name: string): Promise<unknown> {
    if (name === ARTIFACT_STATE_URI) return this.#images()
    const byHand = await this.#result.state?.(name)
    if (byHand !== undefined) return byHand
    // Whoever runs the build reads it for templates, whatever came of the artifact.
    if (name === 'generated_data') return { ...this.#facts.received.data, ...this.#result.data }
    return this.#from?.state(name)
  }

  async #images(): Promise<unknown> {
    const { metadata } = this.#facts
    return metadata || this.#result.images === 'none'
      ? metadata?.state
      : this.#from?.state(ARTIFACT_STATE_URI)
  }

  /** What it derives from is not its own to remove. */
  async destroy(): Promise<void> {
    await this.#result.destroy?.()
  }
}
