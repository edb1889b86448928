import type { Models2021 } from '@ingot/registry-api'
import type { BucketAddress } from '../../domain/address.ts'
import type { AncestryStatus } from '../../domain/ancestry.ts'
import type {
  AssignmentView,
  BucketView,
  BuildView,
  ChannelView,
  NewestView,
  RegistryView,
  RelationView,
  RelativeView,
  RevocationView,
  VersionView,
} from '../../views.ts'
import { dateTime, location } from '../packer-2023-01-01/encode.ts'
import { ancestryWord, templateTypeWord, tierWord } from '../packer-2023-01-01/words.ts'
import { ancestryPath } from './hrefs.ts'
import { buildStatusWord, iterationStatusWord } from './words.ts'

export function build(view: BuildView): Models2021.Build {
  return {
    id: view.id,
    iteration_id: view.versionId,
    component_type: view.componentType,
    status: buildStatusWord[view.status],
    packer_run_uuid: view.packerRunUuid,
    cloud_provider: view.platform,
    images: view.artifacts.map(({ id, externalIdentifier, region, createdAt }) => ({
      ...{ id, image_id: externalIdentifier, region, created_at: dateTime(createdAt) },
    })),
    labels: view.labels,
    source_image_id: view.sourceExternalIdentifier,
    created_at: dateTime(view.createdAt),
    updated_at: dateTime(view.updatedAt),
  }
}

export function iteration(view: VersionView): Models2021.Iteration {
  return {
    ...latestIteration(view),
    has_descendants: view.hasDescendants,
    template_type: templateTypeWord[view.templateType],
  }
}

export function iterationInList(view: VersionView): Models2021.IterationInList {
  const statuses = view.builds.map(({ componentType, status }) => [componentType, buildStatusWord[status]])
  return {
    ...iterationFacts(view),
    build_statuses: Object.fromEntries(statuses),
    has_descendants: view.hasDescendants,
    status: iterationStatusWord[view.status],
  }
}

export function latestIteration(view: VersionView): Models2021.LatestIteration {
  return { ...iterationFacts(view), builds: view.builds.map(build) }
}

function iterationFacts(view: VersionView) {
  return {
    id: view.id,
    bucket_slug: view.bucketName,
    fingerprint: view.fingerprint,
    incremental_version: view.number,
    complete: view.number > 0,
    author_id: view.author,
    revoke_at: view.revocation ? dateTime(view.revocation.at) : null,
    ...(view.revocation && revocation(view.revocation, view)),
    created_at: dateTime(view.createdAt),
    updated_at: dateTime(view.updatedAt),
  }
}

function revocation({ author, message, inheritedFrom }: RevocationView, version: VersionView) {
  const common = { revocation_author: author, revocation_message: message }
  if (!inheritedFrom) return { ...common, revocation_type: 'MANUAL' as const }
  const { bucketName, versionId, fingerprint, name } = inheritedFrom
  const at = { organizationId: version.organizationId, projectId: version.projectId, bucket: bucketName }
  return {
    ...common,
    revocation_type: 'INHERITED' as const,
    revocation_inherited_from: {
      href: ancestryPath(at, { iteration_id: versionId }),
      bucket_slug: bucketName,
      iteration_id: versionId,
      iteration_fingerprint: fingerprint,
      iteration_incremental_version: numberOf(name),
    },
  }
}

/** Where the newer interface says `v3`, this one says 3. */
function numberOf(versionName: string): number {
  return Number(versionName.slice(1))
}

export function channel(view: ChannelView): Models2021.Channel {
  const { version, author, updatedAt } = view
  const assigned = version && iteration(version)
  return {
    id: view.id,
    slug: view.name,
    bucket_slug: view.bucketName,
    author_id: author,
    managed: view.managed,
    restricted: view.restricted,
    iteration: assigned,
    pointer: assigned && { author_id: author, created_at: dateTime(updatedAt), iteration: assigned },
    created_at: dateTime(view.createdAt),
    updated_at: dateTime(updatedAt),
  }
}

export function assignment({ assignedAt, author, version }: AssignmentView): Models2021.ChannelAssignment {
  return {
    promoted_at: dateTime(assignedAt),
    author_id: author,
    iteration: version && {
      id: version.id,
      fingerprint: version.fingerprint,
      incremental_version: version.number,
      status: iterationStatusWord[version.status],
      ...(version.parents && { parents: relatives(addressOf(version), 'parents', version.parents) }),
    },
  }
}

function addressOf({ organizationId, projectId, bucketName: bucket }: VersionView): BucketAddress {
  return { organizationId, projectId, bucket }
}

function relatives(at: BucketAddress, type: 'parents' | 'children', status: AncestryStatus) {
  return { href: ancestryPath(at, { type }), status: ancestryWord[status] }
}

export function bucket(view: BucketView, newest: NewestView | undefined): Models2021.Bucket {
  const at = { organizationId: view.organizationId, projectId: view.projectId, bucket: view.name }
  return {
    id: view.id,
    slug: view.name,
    location: location(view),
    description: view.description,
    labels: view.labels,
    platforms: view.platforms,
    latest_iteration: newest ? latestIteration(newest.version) : null,
    latest_version: newest?.highestNumber ?? 0,
    iteration_count: String(view.versionCount),
    ...(view.parents && { parents: relatives(at, 'parents', view.parents) }),
    ...(view.children && { children: relatives(at, 'children', view.children) }),
    created_at: dateTime(view.createdAt),
    updated_at: dateTime(view.updatedAt),
  }
}

export function registry(view: RegistryView): Models2021.Registry {
  return {
    id: view.id,
    location: location(view),
    config: {
      activated: view.activated,
      feature_tier: tierWord[view.tier],
      tfc_run_task_config: null,
      billing_deprovision: null,
    },
    created_at: dateTime(view.createdAt),
    updated_at: dateTime(view.updatedAt),
  }
}

export function relation({ parent, child, status }: RelationView): Models2021.BucketAncestry {
  const assigned = parent.channelVersion
  return {
    parent: {
      ...relative(parent),
      channel: parent.channelName,
      channel_iteration: assigned && {
        id: assigned.id,
        fingerprint: assigned.fingerprint,
        incremental_version: numberOf(assigned.name),
      },
    },
    child: relative(child),
    status: ancestryWord[status],
  }
}

function relative({ bucketName, versionId, fingerprint, versionName }: RelativeView) {
  return {
    bucket_slug: bucketName,
    iteration_id: versionId,
    iteration_fingerprint: fingerprint,
    iteration_incremental_version: numberOf(versionName),
  }
}
