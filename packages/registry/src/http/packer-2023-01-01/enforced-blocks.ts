import { type Body, packer } from '@ingot/registry-api'
import type { EnforcedBlockVersion, EnforcedContent } from '../../domain/enforced-block.ts'
import { maskedFields } from '../../domain/mask.ts'
import { granted } from '../../domain/refusal.ts'
import type { BucketView, EnforcedBlockView, EnforcedDetailView, EnforcedLinkView } from '../../views.ts'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt, projectAt } from './addresses.ts'
import { given } from './decode.ts'
import { bucketFacts, dateTime, location, version } from './encode.ts'
import { meant, templateTypeWord } from './words.ts'

/** What builds must run, and how it is kept. */
export const enforcedBlockRoutes: readonly Route[] = [
  serve(packer.getEnforcedBlocksByBucket, async ({ registry, caller, at }) =>
    render({
      enforced_block_detail: (await registry.enforcedBlocks.ofBucket(caller, bucketAt(at))).map(detail),
    }),
  ),

  serve(packer.createEnforcedBlock, async ({ registry, caller, at, body }) => {
    const fresh = { name: body.name ?? '', ...given({ labels: body.labels }), ...content(body) }
    return render({
      enforced_block: block(await registry.enforcedBlocks.create(caller, projectAt(at), fresh)),
    })
  }),

  serve(packer.listEnforcedBlocks, async ({ registry, caller, at }) =>
    render({ enforced_blocks: (await registry.enforcedBlocks.list(caller, projectAt(at))).map(block) }),
  ),

  serve(packer.getEnforcedBlock, async ({ registry, caller, at }) =>
    render({
      enforced_block: block(await registry.enforcedBlocks.get(caller, projectAt(at), at.enforced_block_id)),
    }),
  ),

  serve(packer.updateEnforcedBlock, async ({ registry, caller, at, body }) => {
    const fields = granted(maskedFields(body.update_mask ?? '', ['name', 'labels']))
    const change = {
      ...(fields.has('name') && { name: body.name ?? '' }),
      ...(fields.has('labels') && { labels: body.labels ?? {} }),
    }
    const words = { blockId: at.enforced_block_id, ...change }
    return render({
      enforced_block: block(await registry.enforcedBlocks.update(caller, projectAt(at), words)),
    })
  }),

  serve(packer.deleteEnforcedBlock, async ({ registry, caller, at }) => {
    await registry.enforcedBlocks.delete(caller, projectAt(at), at.enforced_block_id)
    return render({})
  }),

  serve(packer.createEnforcedBlockVersion, async ({ registry, caller, at, body }) => {
    const fresh = { blockId: at.enforced_block_id, ...content(body) }
    const made = await registry.enforcedBlocks.createVersion(caller, projectAt(at), fresh)
    return render({ enforced_block_version: blockVersion(made) })
  }),

  serve(packer.getEnforcedBlockVersions, async ({ registry, caller, at }) => {
    const versions = await registry.enforcedBlocks.listVersions(caller, projectAt(at), at.enforced_block_id)
    return render({ enforced_block_detail: versions.map(detail) })
  }),

  serve(packer.updateEnforcedBlockVersion, async ({ registry, caller, at, body }) => {
    granted(maskedFields(body.update_mask ?? '', ['additionalDescription']))
    const description = body.additional_description ?? ''
    const changed = await registry.enforcedBlocks.describeVersion(caller, blockVersionAt(at), description)
    return render({ enforced_block_version: blockVersion(changed) })
  }),

  serve(packer.deleteEnforcedBlockVersion, async ({ registry, caller, at }) => {
    await registry.enforcedBlocks.deleteVersion(caller, blockVersionAt(at))
    return render({})
  }),

  serve(packer.manageEnforcedBlockLinkedBuckets, async ({ registry, caller, at, body }) => {
    const links = await registry.enforcedBlocks.link(caller, blockVersionAt(at), body.bucket_names ?? [])
    return render({
      enforced_block_buckets: links.map((one) => ({ ...link(one), bucket_id: one.bucketId })),
    })
  }),

  serve(packer.getEnforcedBlockLinkedBuckets, async ({ registry, caller, at }) => {
    const links = await registry.enforcedBlocks.linkedBuckets(caller, blockVersionAt(at))
    return render({ linked_buckets: links.map((one) => ({ ...link(one), bucket: bucket(one.bucket) })) })
  }),
]

interface BlockVersionParams {
  readonly organization_id: string
  readonly project_id: string
  readonly enforced_block_id: string
  readonly enforced_block_version_id: string
}

function blockVersionAt(at: BlockVersionParams) {
  const { enforced_block_id: blockId, enforced_block_version_id: versionId } = at
  return { ...projectAt(at), blockId, versionId }
}

function content(body: Body<typeof packer.createEnforcedBlockVersion>): EnforcedContent {
  return {
    label: body.version ?? '',
    templateType: meant(templateTypeWord, body.template_type) ?? 'hcl2',
    content: body.block_content ?? '',
    description: body.additional_description ?? '',
  }
}

function bucket(view: BucketView) {
  return { ...bucketFacts(view), latest_version: view.latestVersion && version(view.latestVersion) }
}

function block(view: EnforcedBlockView) {
  const { id, name, projectId, labels, latestVersion } = view
  return {
    ...{ id, name, labels, location: location(view) },
    resource_name: `packer/project/${projectId}/enforced-block/${name}`,
    latest_version: latestVersion && blockVersion(latestVersion),
    created_at: dateTime(view.createdAt),
    updated_at: dateTime(view.updatedAt),
  }
}

function blockVersion(version: EnforcedBlockVersion) {
  return {
    id: version.id,
    enforced_block_id: version.blockId,
    version: version.label,
    template_type: templateTypeWord[version.templateType],
    block_content: version.content,
    additional_description: version.description,
    created_at: dateTime(version.createdAt),
    updated_at: dateTime(version.updatedAt),
  }
}

function detail({ id, name, version }: EnforcedDetailView) {
  return { id, name, version: blockVersion(version) }
}

function link({ id, blockId, versionId, createdAt }: EnforcedLinkView) {
  return {
    ...{ id, enforced_block_id: blockId, enforced_block_version_id: versionId },
    created_at: dateTime(createdAt),
  }
}
