import type { Bucket, Build, Channel, Registry, Version } from '@ingot/registry-api'
import type { ProjectAddress } from '../../domain/address.ts'
import type { Page } from '../../domain/page.ts'
import type { Instant } from '../../domain/time.ts'
import type {
  ArtifactView,
  BucketView,
  BuildView,
  ChannelFacts,
  OperationView,
  RegistryView,
  RevocationView,
  VersionView,
} from '../../views.ts'
import { ancestryPath } from './hrefs.ts'
import {
  ancestryWord,
  buildStatusWord,
  templateTypeWord,
  tierWord,
  untrackedWord,
  versionStatusWord,
} from './words.ts'

/** UTC with milliseconds: clients show times in that form. */
export function dateTime(at: Instant): string {
  return new Date(at).toISOString()
}

export function location({ organizationId, projectId }: ProjectAddress) {
  return { organization_id: organizationId, project_id: projectId }
}

function artifact(view: ArtifactView) {
  return {
    id: view.id,
    external_identifier: view.externalIdentifier,
    region: view.region,
    created_at: dateTime(view.createdAt),
  }
}

/** With the metadata when the view has it. */
export function build(view: BuildView): Build {
  return {
    id: view.id,
    version_id: view.versionId,
    component_type: view.componentType,
    status: buildStatusWord[view.status],
    packer_run_uuid: view.packerRunUuid,
    platform: view.platform,
    artifacts: view.artifacts.map(artifact),
    labels: view.labels,
    source_external_identifier: view.sourceExternalIdentifier,
    created_at: dateTime(view.createdAt),
    updated_at: dateTime(view.updatedAt),
    ...(view.metadata !== undefined && { metadata: view.metadata as Build['metadata'] }),
  }
}

export function version(view: VersionView): Version {
  const at = { organizationId: view.organizationId, projectId: view.projectId, bucket: view.bucketName }
  return {
    id: view.id,
    bucket_name: view.bucketName,
    name: view.name,
    fingerprint: view.fingerprint,
    status: versionStatusWord[view.status],
    template_type: templateTypeWord[view.templateType],
    author_id: view.author,
    builds: view.builds.map(build),
    has_descendants: view.hasDescendants,
    revoke_at: view.revocation ? dateTime(view.revocation.at) : null,
    ...(view.revocation && revocation(view.revocation, at)),
    ...(view.parents && {
      parents: {
        href: ancestryPath(at, { type: 'ANCESTRY_TYPE_PARENTS', version_fingerprint: view.fingerprint }),
        status: ancestryWord[view.parents],
      },
    }),
    created_at: dateTime(view.createdAt),
    updated_at: dateTime(view.updatedAt),
  }
}

function revocation(view: RevocationView, at: ProjectAddress) {
  const { author, message, inheritedFrom } = view
  const common = { revocation_author: author, revocation_message: message }
  if (!inheritedFrom) return { ...common, revocation_type: 'MANUAL' as const }
  const { bucketName, versionId, fingerprint, name } = inheritedFrom
  const href = ancestryPath({ ...at, bucket: bucketName }, { version_fingerprint: fingerprint })
  return {
    ...common,
    revocation_type: 'INHERITED' as const,
    revocation_inherited_from: {
      href,
      bucket_name: bucketName,
      version_id: versionId,
      version_fingerprint: fingerprint,
      version_name: name,
    },
  }
}

/** Without `version`, whose text is spliced in. */
export function channelFacts(view: ChannelFacts): Omit<Channel, 'version'> {
  return {
    id: view.id,
    name: view.name,
    bucket_name: view.bucketName,
    author_id: view.author,
    managed: view.managed,
    restricted: view.restricted,
    created_at: dateTime(view.createdAt),
    updated_at: dateTime(view.updatedAt),
  }
}

/** Without `latest_version`, whose text is spliced in. */
export function bucketFacts(view: BucketView): Omit<Bucket, 'latest_version'> {
  const at = { organizationId: view.organizationId, projectId: view.projectId, bucket: view.name }
  const relatives = (type: 'PARENTS' | 'CHILDREN', status: keyof typeof ancestryWord) => ({
    href: ancestryPath(at, { type: `ANCESTRY_TYPE_${type}` }),
    status: ancestryWord[status],
  })
  return {
    id: view.id,
    name: view.name,
    resource_name: `packer/project/${view.projectId}/bucket/${view.name}`,
    location: location(view),
    description: view.description,
    labels: view.labels,
    platforms: view.platforms,
    version_count: String(view.versionCount),
    ...(view.parents && { parents: relatives('PARENTS', view.parents) }),
    ...(view.children && { children: relatives('CHILDREN', view.children) }),
    created_at: dateTime(view.createdAt),
    updated_at: dateTime(view.updatedAt),
  }
}

export function registry(view: RegistryView): Registry {
  return {
    id: view.id,
    location: location(view),
    config: {
      activated: view.activated,
      feature_tier: tierWord[view.tier],
      tfc_run_task_config: {
        api_id: view.runTaskId,
        on_untracked_image: untrackedWord[view.onUntracked],
        hmac_key: '',
      },
      billing_deprovision: null,
    },
    created_at: dateTime(view.createdAt),
    updated_at: dateTime(view.updatedAt),
  }
}

export function longOperation(view: OperationView) {
  const created_at = dateTime(view.createdAt)
  return { id: view.id, state: 'DONE' as const, location: location(view), created_at, updated_at: created_at }
}

export function pagination({ nextPageToken, previousPageToken }: Page<unknown>) {
  return { next_page_token: nextPageToken, previous_page_token: previousPageToken }
}
