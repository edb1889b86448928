import { packer2021 } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { paging } from '../packer-2023-01-01/decode.ts'
import { pagination } from '../packer-2023-01-01/encode.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt, channelAt } from './addresses.ts'
import { channelChange, newChannel } from './decode.ts'
import { assignment, channel } from './encode.ts'

/** Channels as this plane knows them. */
export const channelRoutes: readonly Route[] = [
  serve(packer2021.createChannel, async (call) => {
    const { registry, caller, body } = call
    const made = await registry.channels.create(caller, await bucketAt(call), newChannel(body))
    return render({ channel: channel(made) })
  }),

  serve(packer2021.getChannel, async (call) => {
    const { registry, caller } = call
    const found = await registry.channels.get(caller, await channelAt(call))
    registry.consumers.count(caller, found.version?.id, found.id)
    return render({ channel: channel(found) })
  }),

  serve(packer2021.listChannels, async (call) => {
    const channels = await call.registry.channels.list(call.caller, await bucketAt(call))
    return render({ channels: channels.map(channel) })
  }),

  serve(packer2021.updateChannel, async (call) => {
    const { registry, caller, body } = call
    const at = await channelAt(call)
    return render({
      channel: channel(await registry.channels.updateByOldMask(caller, at, channelChange(body))),
    })
  }),

  serve(packer2021.deleteChannel, async (call) => {
    await call.registry.channels.delete(call.caller, await channelAt(call))
    return '{}'
  }),

  serve(packer2021.listChannelHistory, async (call) => {
    const { registry, caller, query } = call
    const page = await registry.channels.history(caller, await channelAt(call), paging(query))
    return render({
      history: page.items.map(assignment),
      count: page.count,
      pagination: pagination(page),
    })
  }),
]
