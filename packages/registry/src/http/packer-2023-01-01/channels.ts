import { type Channel, packer, type Version } from '@ingot/registry-api'
import type { ChannelFacts, ChannelView } from '../../views.ts'
import { type Rendered, render, renderList, withMember } from '../answer.ts'
import type { Renderings } from '../renderings.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt, channelAt } from './addresses.ts'
import { given, paging } from './decode.ts'
import { channelFacts, dateTime, pagination } from './encode.ts'
import { renderMaybe } from './rendered-versions.ts'

/** Channels as this plane knows them. */
export const channelRoutes: readonly Route[] = [
  serve(packer.createChannel, async ({ registry, renderings, caller, at, body }) => {
    const options = given({ restricted: body.restricted, versionFingerprint: body.version_fingerprint })
    const channel = { ...options, name: body.name ?? '' }
    return one(renderChannel(renderings, await registry.channels.create(caller, bucketAt(at), channel)))
  }),

  // The read that everything else waits for: a kept rendering is served after one short look at the rows.
  serve(packer.getChannel, async ({ registry, renderings, caller, at }) => {
    const head = await registry.channels.head(caller, channelAt(at))
    registry.consumers.count(caller, head.version?.id, head.channel.id)
    const version = head.version ? renderings.get(head.version) : 'null'
    if (version !== undefined) return one(spliced(head.channel, version))
    return one(renderChannel(renderings, await registry.channels.get(caller, channelAt(at))))
  }),

  serve(packer.listChannels, async ({ registry, renderings, caller, at }) => {
    const channels = await registry.channels.list(caller, bucketAt(at))
    return withMember('{}', 'channels', renderList(channels.map((view) => renderChannel(renderings, view))))
  }),

  serve(packer.updateChannel, async ({ registry, renderings, caller, at, body }) => {
    const change = given({
      updateMask: body.update_mask,
      versionFingerprint: body.version_fingerprint,
      restricted: body.restricted,
    })
    return one(renderChannel(renderings, await registry.channels.update(caller, channelAt(at), change)))
  }),

  serve(packer.deleteChannel, async ({ registry, caller, at }) => {
    await registry.channels.delete(caller, channelAt(at))
    return '{}'
  }),

  serve(packer.assignChannelVersion, async ({ registry, renderings, caller, at, body }) => {
    const promotion = { sourceChannel: body.source_channel ?? '', targetChannel: body.target_channel ?? '' }
    const { source, target } = await registry.channels.promote(caller, bucketAt(at), promotion)
    let answer = render({ fingerprint: target.version?.fingerprint ?? '' }) as string
    answer = withMember(answer, 'source_channel', renderChannel(renderings, source))
    answer = withMember(answer, 'target_channel', renderChannel(renderings, target))
    return withMember(answer, 'version', renderMaybe(renderings, target.version))
  }),

  serve(packer.listChannelAssignmentHistory, async ({ registry, renderings, caller, at, query }) => {
    const page = await registry.channels.history(caller, channelAt(at), paging(query))
    const rows = page.items.map((row) => {
      const facts = render({ assigned_at: dateTime(row.assignedAt), author_id: row.author })
      return withMember(facts, 'version', renderMaybe(renderings, row.version))
    })
    return withMember(
      render({ count: page.count, pagination: pagination(page) }),
      'history',
      renderList(rows),
    )
  }),
]

function one(channel: Rendered<Channel>): Rendered<{ channel: Channel }> {
  return withMember('{}', 'channel', channel)
}

function renderChannel(renderings: Renderings, view: ChannelView): Rendered<Channel> {
  return spliced(view, renderMaybe(renderings, view.version))
}

function spliced(facts: ChannelFacts, version: Rendered<Version | null>): Rendered<Channel> {
  return withMember(renderFacts(facts), 'version', version)
}

/** The registry hands out the same facts for as long as nothing changes. */
const renderedFacts = new WeakMap<ChannelFacts, string>()

function renderFacts(facts: ChannelFacts): string {
  const text = renderedFacts.get(facts) ?? render(channelFacts(facts))
  renderedFacts.set(facts, text)
  return text
}
