import { ARTIFACT_STATE_URI, decodeImages, type Image } from '@ingot/image'
import type { Artifact, GeneratedData } from '@ingot/plugin-rpc'
import { readData } from '../artifact/generated-data.ts'
import type { InputArtifact } from './definition.ts'

/** The artifact that came in, with what is always asked of it. */
export class ReceivedArtifact implements InputArtifact {
  readonly builderId: string
  readonly id: string
  readonly description: string
  readonly files: readonly string[]
  /** The host's. */
  readonly artifact: Artifact
  readonly data: GeneratedData

  private constructor(artifact: Artifact, read: Omit<InputArtifact, 'state' | 'images'> & { data: unknown }) {
    this.artifact = artifact
    this.builderId = read.builderId
    this.id = read.id
    this.description = read.description
    this.files = read.files
    this.data = readData(read.data)
  }

  static async read(artifact: Artifact): Promise<ReceivedArtifact> {
    const [builderId, id, description, files, data] = await Promise.all([
      artifact.builderId(),
      artifact.id(),
      artifact.describe(),
      artifact.files(),
      artifact.state('generated_data'),
    ])
    return new ReceivedArtifact(artifact, { builderId, id, description, files, data })
  }

  state(name: string): Promise<unknown> {
    return this.artifact.state(name)
  }

  /** Asked only when needed: some builders in Go crash when they made no image. */
  async images(): Promise<readonly Image[]> {
    const answer = await this.artifact.state(ARTIFACT_STATE_URI)
    return answer === undefined || answer === null ? [] : decodeImages(answer).images
  }
}
