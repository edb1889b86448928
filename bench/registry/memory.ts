import { setTimeout as wait } from 'node:timers/promises'
import type { Figure, Reading } from '../figure.ts'
import type { LoadOrders } from '../load/https-load.ts'
import { inProcess } from '../load/in-process.ts'
import { startBareServer } from '../servers/bare-server.ts'
import { residentMegabytes } from '../servers/process-facts.ts'
import { startRegistryServer } from '../servers/registry-server.ts'
import type { Server } from '../servers/server.ts'
import { channelReads, heartbeats } from './published.ts'

const settle = 2_000

export const memory: Figure = {
  name: 'memory',
  title:
    'resident memory of the server process: just started, and after reads and writes on fifty connections',
  async measure({ quick }) {
    const rounds = quick ? 1 : 3
    const samples = { idle: [], loaded: [], bareIdle: [], bareLoaded: [] } as Record<string, number[]>
    for (let round = 0; round < rounds; round++) {
      await using registry = await startRegistryServer()
      await using bare = await startBareServer(registry, { body: 'x'.repeat(10_000) })
      await wait(settle)
      samples['idle']!.push(residentMegabytes(registry.pid))
      samples['bareIdle']!.push(residentMegabytes(bare.pid))
      const reads = await channelReads(registry, 10)
      const beats = await heartbeats(registry, 50)
      await load(registry, reads.requests)
      await load(registry, beats.requests)
      await load(bare, reads.requests)
      samples['loaded']!.push(residentMegabytes(registry.pid))
      samples['bareLoaded']!.push(residentMegabytes(bare.pid))
    }
    const reading = (name: string, ours: string, bare: string): Reading => ({
      name,
      unit: 'MB',
      samples: samples[ours]!,
      peers: [{ name: 'bare node:https', samples: samples[bare]! }],
    })
    return [
      { ...reading('idle', 'idle', 'bareIdle'), aim: { of: 'value', atMost: 90 } },
      reading('after load', 'loaded', 'bareLoaded'),
    ]
  },
}

async function load({ port, ca }: Server, requests: readonly string[]): Promise<void> {
  const orders: LoadOrders = { port, ca, connections: 50, seconds: 2, requests }
  await inProcess('https-load.ts', orders)
}
