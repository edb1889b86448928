import type { FoundArtifact } from '@ingot/registry-api'
import type { LabelledView } from '../../views.ts'
import { dateTime } from '../packer-2023-01-01/encode.ts'

export function found({ bucketId, version, build }: LabelledView): FoundArtifact {
  return {
    bucket: { id: bucketId, name: version.bucketName },
    version: {
      id: version.id,
      name: version.name,
      fingerprint: version.fingerprint,
      revoke_at: version.revocation ? dateTime(version.revocation.at) : null,
    },
    build: {
      id: build.id,
      version_id: version.id,
      component_type: build.componentType,
      packer_run_uuid: build.packerRunUuid,
      platform: build.platform,
      labels: build.labels,
      artifacts: build.artifacts.map(({ id, externalIdentifier, region }) => ({
        ...{ id, external_identifier: externalIdentifier, region },
      })),
    },
  }
}
