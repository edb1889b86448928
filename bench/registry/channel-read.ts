import type { Figure } from '../figure.ts'
import { startBareServer } from '../servers/bare-server.ts'
import { startRegistryServer } from '../servers/registry-server.ts'
import { channelReads } from './published.ts'
import { throughput } from './throughput.ts'

export const channelRead: Figure = {
  name: 'channel-read',
  title: 'what a channel points at, with three builds of twenty artifacts each',
  async measure(run) {
    await using registry = await startRegistryServer(run.profile)
    const { requests, body } = await channelReads(registry, 10)
    await using bare = await startBareServer(registry, { body })
    return await throughput(run, {
      name: `channel read of ${(body.length / 1024).toFixed(1)} KB`,
      registry,
      bare,
      bareName: 'bare node:https, same body',
      connections: 50,
      requests,
      aim: { of: 'share', atLeast: 0.6 },
    })
  },
}
