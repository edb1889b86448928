import type { Artifact } from '@ingot/plugin-rpc'

/** An artifact as the host reads it. */
export interface TestArtifact extends Pick<Artifact, 'state' | 'destroy'> {
  readonly builderId: string
  readonly id: string
  readonly description: string
  readonly files: readonly string[]
}

export async function readArtifact(artifact: Artifact): Promise<TestArtifact> {
  return {
    builderId: await artifact.builderId(),
    id: await artifact.id(),
    description: await artifact.describe(),
    files: await artifact.files(),
    state: (name) => artifact.state(name),
    destroy: () => artifact.destroy(),
  }
}

export const noArtifact: TestArtifact = {
  builderId: '',
  id: '',
  description: '',
  files: [],
  state: async () => undefined,
  destroy: async () => {},
}
