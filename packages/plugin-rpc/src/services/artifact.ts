import type { Artifact } from '../components.ts'
import type { RpcClient } from '../net-rpc/client.ts'
import { ServiceTable } from '../net-rpc/service-table.ts'
import { throwBodyError } from './body-error.ts'
import { asText, asTexts } from './shape.ts'

export function serveArtifact(artifact: Artifact): ServiceTable {
  return new ServiceTable().add('Artifact', {
    BuilderId: () => artifact.builderId(),
    Id: () => artifact.id(),
    String: () => artifact.describe(),
    Files: () => artifact.files(),
    State: (name) => artifact.state(asText(name, 'The name of a state')),
    // A failure goes into the header: Go's server puts it into the body, which ends Go's own client.
    Destroy: async () => {
      await artifact.destroy()
    },
  })
}

export function artifactClient(rpc: RpcClient): Artifact {
  return {
    builderId: async () => asText(await rpc.call('Artifact.BuilderId'), "The artifact's builder id"),
    id: async () => asText(await rpc.call('Artifact.Id'), "The artifact's id"),
    describe: async () => asText(await rpc.call('Artifact.String'), "The artifact's description"),
    files: async () => asTexts(await rpc.call('Artifact.Files'), "The artifact's list of files"),
    state: async (name) => (await rpc.call('Artifact.State', name)) ?? undefined,
    destroy: async () => throwBodyError(await rpc.call('Artifact.Destroy'), 'Artifact.Destroy'),
  }
}
