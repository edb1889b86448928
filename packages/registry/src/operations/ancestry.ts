import { roleAt } from '../domain/access.ts'
import type { BucketAddress } from '../domain/address.ts'
import { ancestryStatus } from '../domain/ancestry.ts'
import { type List, makePage, type Page, readPaging } from '../domain/page.ts'
import { granted } from '../domain/refusal.ts'
import { versionName } from '../domain/version.ts'
import { namesNoVersion } from '../domain/version-words.ts'
import type { AncestryQuery } from '../inputs.ts'
import type { Relation } from '../store/rows/ancestry-rows.ts'
import type { RelationView } from '../views.ts'
import type { Scene } from './desk.ts'
import { channelIn, findBucket, versionNamed } from './find.ts'

const relations: List<'place'> = {
  name: 'ancestry',
  columns: {},
  types: { place: 'number' },
  order: [{ column: 'place', descending: false }],
}

/** The relations of a bucket: what its latest version, or a given one, was built from, and who was built from it. */
export async function listAncestry(
  scene: Scene,
  at: BucketAddress,
  query: AncestryQuery,
): Promise<Page<RelationView> & { readonly count: number }> {
  const window = granted(readPaging(relations, query))
  const found = await findRelations(scene, at, query)
  const anchor = Number(window.anchor?.[0] ?? -1)
  const placed = found.map((relation, place) => ({ relation, place }))
  const beyond = window.backwards ? placed.slice(0, anchor).reverse() : placed.slice(anchor + 1)
  const page = makePage(window, beyond.slice(0, window.size + 1), (row) => row.place)
  return { ...page, items: page.items.map((row) => showRelation(row.relation)), count: found.length }
}

async function findRelations(scene: Scene, at: BucketAddress, query: AncestryQuery): Promise<Relation[]> {
  const { rows } = scene
  const { type, channelName = '' } = query
  const named = !namesNoVersion(query)
  const bucket = await findBucket(scene, at)
  const version = named
    ? await versionNamed(scene, bucket, query, 'version.unknown')
    : await rows.channels.latestVersion(bucket.id)
  const channel = channelName ? (await channelIn(scene, bucket, channelName)).id : ''
  const parents = type !== 'children' && version ? await rows.ancestry.parents(version.id) : []
  const parent = named && version ? version.id : ''
  const children = type !== 'parents' ? await rows.ancestry.children(bucket.id, { parent, channel }) : []
  const open = (name: string) => roleAt(scene.caller, { ...at, bucket: name }) !== undefined
  return [...parents, ...children].filter((each) => open(each.parentBucketName) && open(each.childBucketName))
}

function showRelation(relation: Relation): RelationView {
  const { channelVersionId: id, channelVersionNumber, channelVersionFingerprint } = relation
  return {
    parent: {
      bucketName: relation.parentBucketName,
      versionId: relation.parentId,
      versionName: versionName(relation.parentNumber),
      fingerprint: relation.parentFingerprint,
      channelName: relation.channelName ?? '',
      channelVersion:
        id === null
          ? null
          : {
              id,
              name: versionName(channelVersionNumber ?? 0),
              fingerprint: channelVersionFingerprint ?? '',
            },
    },
    child: {
      bucketName: relation.childBucketName,
      versionId: relation.childId,
      versionName: versionName(relation.childNumber),
      fingerprint: relation.childFingerprint,
    },
    status: ancestryStatus(relation.rank),
  }
}
