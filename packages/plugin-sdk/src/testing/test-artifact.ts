import { ARTIFACT_STATE_URI, type DecodedImages, decodeImages } from '@ingot/image'
import type { Artifact } from '@ingot/plugin-rpc'

/** An artifact as the host reads it. */
export interface TestArtifact extends Pick<Artifact, 'state' | 'destroy'> {
  readonly builderId: string
  readonly id: string
  readonly description: string
  readonly files: readonly string[]
  /**
   * What Packer's core makes of the artifact's answer to `par.artifact.metadata`: the images that a registry gets, and
   * what is in none of them, such as a misspelt field, which core says nothing of.
   * @throws ImageError where core would skip the artifact with a warning in its log.
   */
  metadata(): Promise<DecodedImages>
}

export async function readArtifact(artifact: Artifact): Promise<TestArtifact> {
  return {
    builderId: await artifact.builderId(),
    id: await artifact.id(),
    description: await artifact.describe(),
    files: await artifact.files(),
    metadata: async () => decodeImages(await artifact.state(ARTIFACT_STATE_URI)),
    state: (name) => artifact.state(name),
    destroy: () => artifact.destroy(),
  }
}

export const noArtifact: TestArtifact = {
  builderId: '',
  id: '',
  description: '',
  files: [],
  metadata: async () => decodeImages(undefined),
  state: async () => undefined,
  destroy: async () => {},
}
