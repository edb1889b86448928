import { operation } from '../operation.ts'
import { dateTime, given, labels, list, nullable, object, type Static, string } from '../schema.ts'

const FoundArtifact = object({
  bucket: object({ id: string, name: string }),
  version: object({ id: string, name: string, fingerprint: string, revoke_at: nullable(dateTime) }),
  build: object({
    id: string,
    version_id: string,
    component_type: string,
    packer_run_uuid: string,
    platform: string,
    labels,
    artifacts: list(object({ id: string, external_identifier: string, region: string })),
  }),
})
/** An image that was found by its identifier, with where it was made. */
export type FoundArtifact = Static<typeof FoundArtifact>

/**
 * The build on a channel that carries all the labels, and its artifacts: the whole of this version of the interface. Only
 * terraform-provider-hcp 0.112 calls it.
 */
export const getImageByBuildLabels = operation({
  id: 'PackerService_GetImageByBuildLabels',
  plane: 'packer-2022-12-02',
  method: 'POST',
  path: '/packer/2022-12-02/organizations/:organization_id/projects/:project_id/images/:bucket_name/channels/:channel_name/_search/by_labels',
  body: given({ labels, cloud_provider: string, region: string }),
  reply: object({ artifact: FoundArtifact }),
  seenFrom: ['terraform-provider-hcp'],
})
