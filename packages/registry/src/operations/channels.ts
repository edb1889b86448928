import { roleAt } from '../domain/access.ts'
import type { BucketAddress, ChannelAddress } from '../domain/address.ts'
import type { Bucket } from '../domain/bucket.ts'
import {
  type Channel,
  type ChannelWish,
  latest,
  mayAssign,
  mayChange,
  mayDelete,
  maySee,
  sees,
} from '../domain/channel.ts'
import { type List, makePage, type Page, type Paging, readPaging } from '../domain/page.ts'
import { granted, obey, Refusal } from '../domain/refusal.ts'
import { checkName } from '../domain/text.ts'
import type { VersionSight } from '../domain/version.ts'
import { namesNoVersion, type VersionWords } from '../domain/version-words.ts'
import type { NewChannel, Promotion } from '../inputs.ts'
import type { AssignmentView, ChannelFacts, ChannelHead, ChannelView } from '../views.ts'
import { point } from './assignments.ts'
import type { Scene, Stage } from './desk.ts'
import { channelIn, explainChannel, findBucket, findChannel, versionNamed } from './find.ts'
import { showChannel, showChannelFacts, showHead, versionById } from './show.ts'

const history: List<'sequence'> = {
  name: 'history',
  columns: {},
  types: { sequence: 'number' },
  order: [{ column: 'sequence', descending: true }],
}

export async function createChannel(
  stage: Stage,
  at: BucketAddress,
  input: NewChannel,
): Promise<ChannelView> {
  const { rows, now, ids, caller } = stage
  const { name, restricted = false, ...words } = input
  obey(checkName('name', name))
  const bucket = await findBucket(stage, at)
  if (await rows.channels.find(bucket.id, name)) throw new Refusal('channel.exists', { channel: name })
  const channel: Channel = {
    ...{ id: ids.ulid(now), bucketId: bucket.id, name, author: caller.principalName },
    ...{ managed: false, restricted, versionId: null, createdAt: now, updatedAt: now },
  }
  await rows.channels.add(channel)
  const assigned = await assign(stage, bucket, channel, words)
  stage.note({ after: audited(assigned) })
  return showChannel(stage, at, bucket, assigned)
}

export async function getChannel(scene: Scene, at: ChannelAddress): Promise<ChannelView> {
  const { bucket, channel } = await visibleChannel(scene, at)
  return showChannel(scene, at, bucket, channel)
}

/** What was read of a channel. */
export interface KeptChannel {
  readonly channel: ChannelFacts
  readonly version: VersionSight | null
}

export async function readChannel(scene: Scene, at: ChannelAddress): Promise<KeptChannel> {
  const { channel, version } = (await scene.rows.channels.at(at)) ?? (await explainChannel(scene, at))
  return { channel: showChannelFacts(at.bucket, channel), version }
}

/** What a caller sees of it now. */
export function headOf(
  { channel, version }: KeptChannel,
  at: ChannelAddress,
  { caller, now }: Pick<Scene, 'caller' | 'now'>,
): ChannelHead | Refusal {
  const refusal = maySee(roleAt(caller, at), channel, channel.bucketName)
  return refusal ?? { channel, version: version && showHead(now, version) }
}

export async function listChannels(scene: Scene, at: BucketAddress): Promise<readonly ChannelView[]> {
  const bucket = await findBucket(scene, at)
  const role = roleAt(scene.caller, at)
  const channels = await scene.rows.channels.ofBucket(bucket.id)
  const views: ChannelView[] = []
  for (const channel of channels)
    if (sees(role, channel)) views.push(await showChannel(scene, at, bucket, channel))
  return views
}

export async function updateChannel(
  stage: Stage,
  at: ChannelAddress,
  wish: ChannelWish,
): Promise<ChannelView> {
  const { rows, now, caller } = stage
  const { bucket, channel } = await findChannel(stage, at)
  obey(mayChange(channel, wish))
  const { version, restricted = channel.restricted } = wish
  let after = channel
  if (restricted !== channel.restricted) {
    after = { ...channel, restricted, author: caller.principalName, updatedAt: now }
    await rows.channels.update(after)
  }
  if (version !== undefined) after = await assign(stage, bucket, after, version)
  stage.note({ before: audited(channel), after: audited(after) })
  return showChannel(stage, at, bucket, after)
}

export async function deleteChannel(stage: Stage, at: ChannelAddress): Promise<void> {
  const { channel } = await findChannel(stage, at)
  obey(mayDelete(channel))
  await stage.rows.channels.remove(channel.id)
  stage.note({ before: audited(channel) })
}

export async function promote(
  stage: Stage,
  at: BucketAddress,
  { sourceChannel, targetChannel }: Promotion,
): Promise<{ source: ChannelView; target: ChannelView }> {
  if (targetChannel === latest) throw new Refusal('channel.managed-target', {})
  const bucket = await findBucket(stage, at)
  const source = await channelIn(stage, bucket, sourceChannel)
  const target = await channelIn(stage, bucket, targetChannel)
  const view = await showChannel(stage, at, bucket, source)
  if (!view.version) throw new Refusal('channel.empty', { channel: source.name })
  const assigned = await assign(stage, bucket, target, { versionId: view.version.id })
  stage.note({ before: audited(target), after: audited(assigned) })
  return { source: view, target: await showChannel(stage, at, bucket, assigned) }
}

export async function listAssignments(
  scene: Scene,
  at: ChannelAddress,
  paging: Paging,
): Promise<Page<AssignmentView> & { readonly count: number }> {
  const window = granted(readPaging(history, paging))
  const { channel } = await visibleChannel(scene, at)
  const found = await scene.rows.channels.history(channel.id, window)
  const page = makePage(window, found, (row) => row.sequence)
  const items: AssignmentView[] = []
  for (const { assignedAt, author, versionId } of page.items)
    items.push({ assignedAt, author, version: await versionById(scene, at, versionId) })
  return { ...page, items, count: await scene.rows.channels.historyCount(channel.id) }
}

async function visibleChannel(scene: Scene, at: ChannelAddress) {
  const found = await findChannel(scene, at)
  obey(maySee(roleAt(scene.caller, at), found.channel, found.bucket.name))
  return found
}

/** Points a channel at the version that words name; at nothing when they name none. */
async function assign(stage: Stage, bucket: Bucket, channel: Channel, words: VersionWords): Promise<Channel> {
  const author = stage.caller.principalName
  if (namesNoVersion(words)) return point(stage, channel, { versionId: null, author })
  const version = await versionNamed(stage, bucket, words, 'channel.version-absent')
  obey(mayAssign(channel.name, version, stage.now))
  return point(stage, channel, { versionId: version.id, author })
}

function audited({ id, restricted, versionId }: Channel) {
  return { id, restricted, versionId }
}
