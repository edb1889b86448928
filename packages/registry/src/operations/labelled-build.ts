import type { ChannelAddress } from '../domain/address.ts'
import { type LabelledWish, newestLabelled } from '../domain/labelled-build.ts'
import { Refusal } from '../domain/refusal.ts'
import type { LabelledView } from '../views.ts'
import { getChannel } from './channels.ts'
import type { Scene } from './desk.ts'
import { findBucket } from './find.ts'

/** The build on a channel that carries the labels. */
export async function findLabelled(
  scene: Scene,
  at: ChannelAddress,
  wish: LabelledWish,
): Promise<LabelledView> {
  const { id: bucketId } = await findBucket(scene, at)
  const { id: channelId, version } = await getChannel(scene, at)
  const build = version && newestLabelled(version.builds, wish)
  if (!build) throw new Refusal('channel.no-such-build', { channel: at.channel })
  return { bucketId, channelId, version, build }
}
