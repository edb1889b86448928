import type { BucketAddress, ChannelAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import { readMask, readOldMask } from '../domain/channel-mask.ts'
import type { LabelledWish } from '../domain/labelled-build.ts'
import type { Page, Paging } from '../domain/page.ts'
import { granted, Refusal } from '../domain/refusal.ts'
import type { ChannelChange, NewChannel, OldChannelChange, Promotion } from '../inputs.ts'
import * as channels from '../operations/channels.ts'
import type { Desk } from '../operations/desk.ts'
import { mayAsk } from '../operations/desk.ts'
import { KeptChannels } from '../operations/kept-channels.ts'
import { findLabelled } from '../operations/labelled-build.ts'
import type { AssignmentView, ChannelHead, ChannelView, LabelledView } from '../views.ts'

/** Channels of a bucket, and what was assigned to them. */
export class Channels {
  readonly #desk: Desk
  readonly #channels: KeptChannels

  constructor(desk: Desk) {
    this.#desk = desk
    this.#channels = new KeptChannels(desk.store)
  }

  create(caller: Caller, at: BucketAddress, channel: NewChannel): Promise<ChannelView> {
    const request = { caller, action: 'channel.create', at: { ...at, channel: channel.name } }
    return this.#desk.change(request, (stage) => channels.createChannel(stage, at, channel))
  }
  get(caller: Caller, at: ChannelAddress): Promise<ChannelView> {
    return this.#desk.look({ caller, action: 'channel.read', at }, (scene) => channels.getChannel(scene, at))
  }
  /** The channel and the revision of what it points at, without loading builds: enough to serve a kept rendering. */
  head(caller: Caller, at: ChannelAddress): Promise<ChannelHead> {
    const request = { caller, action: 'channel.read', at }
    const kept = this.#channels.get(at)
    if (kept && !mayAsk(request, 'viewer')) {
      const head = channels.headOf(kept, at, { caller, now: this.#desk.clock.now() })
      if (!(head instanceof Refusal)) return Promise.resolve(head)
    }
    return this.#desk.look(request, async (scene) => {
      const channel = await this.#channels.read(at, () => channels.readChannel(scene, at))
      return granted(channels.headOf(channel, at, scene))
    })
  }
  /** All of them, without those that the caller may not see. */
  list(caller: Caller, at: BucketAddress): Promise<readonly ChannelView[]> {
    return this.#desk.look({ caller, action: 'channel.list', at }, (scene) =>
      channels.listChannels(scene, at),
    )
  }
  update(caller: Caller, at: ChannelAddress, change: ChannelChange): Promise<ChannelView> {
    return this.#desk.change({ caller, action: 'channel.update', at }, (stage) =>
      channels.updateChannel(stage, at, granted(readMask(change))),
    )
  }
  /** The same with a mask as the 2021 interface has it. */
  updateByOldMask(caller: Caller, at: ChannelAddress, change: OldChannelChange): Promise<ChannelView> {
    return this.#desk.change({ caller, action: 'channel.update', at }, (stage) =>
      channels.updateChannel(stage, at, granted(readOldMask(change))),
    )
  }
  delete(caller: Caller, at: ChannelAddress): Promise<void> {
    return this.#desk.change({ caller, action: 'channel.delete', at }, (stage) =>
      channels.deleteChannel(stage, at),
    )
  }
  /** Copies the assignment of one channel to another of the same bucket. */
  promote(
    caller: Caller,
    at: BucketAddress,
    promotion: Promotion,
  ): Promise<{ readonly source: ChannelView; readonly target: ChannelView }> {
    const request = { caller, action: 'channel.promote', at: { ...at, channel: promotion.targetChannel } }
    return this.#desk.change(request, (stage) => channels.promote(stage, at, promotion))
  }
  /** The build on a channel that carries labels; the one changed last when there are several. */
  findLabelled(caller: Caller, at: ChannelAddress, wish: LabelledWish): Promise<LabelledView> {
    return this.#desk.look({ caller, action: 'channel.search', at }, (scene) => findLabelled(scene, at, wish))
  }
  /** Newest first; `count` is the number of all rows. */
  history(
    caller: Caller,
    at: ChannelAddress,
    paging: Paging,
  ): Promise<Page<AssignmentView> & { readonly count: number }> {
    return this.#desk.look({ caller, action: 'channel.history', at }, (scene) =>
      channels.listAssignments(scene, at, paging),
    )
  }
}
