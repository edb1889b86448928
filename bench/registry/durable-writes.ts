import { join } from 'node:path'
import type { Figure, Reading, Run } from '../figure.ts'
import type { CommitOrders } from '../load/commit-load.ts'
import { inProcess } from '../load/in-process.ts'
import type { RegistryOrders } from '../load/registry-load.ts'
import { inRounds } from '../rounds.ts'
import { startBareServer } from '../servers/bare-server.ts'
import { type RegistryServer, startRegistryServer } from '../servers/registry-server.ts'
import { heartbeats } from './published.ts'
import { throughput } from './throughput.ts'

export const durableWrites: Figure = {
  name: 'durable-writes',
  title: 'heartbeats of fifty builds, each answered when it and its audit row are on the disk',
  async measure(run) {
    await using registry = await startRegistryServer(run.profile)
    const { requests, body } = await heartbeats(registry, 50)
    await using bare = await startBareServer(registry, { body, durable: true })
    const [perSecond, ...more] = await throughput(run, {
      name: 'heartbeat',
      registry,
      bare,
      bareName: 'bare node:https, a commit for each',
      connections: 50,
      requests,
      aim: { of: 'value', atLeast: 10_000 },
    })
    const [object, loop] = await inRounds(run.quick ? 3 : 5, [
      ['heartbeat, Registry object, 50 at a time', () => atTheObject(run)],
      ['bare node:sqlite loop, a commit for each', () => commitLoop(registry, run)],
    ])
    return [
      { ...perSecond!, peers: [...perSecond!.peers!, loop!] },
      ...more,
      { ...object!, unit: '/s', peers: [loop!] },
    ] satisfies Reading[]
  },
}

/** The rules and the store alone, without HTTPS. */
function atTheObject({ quick }: Run): Promise<number> {
  const orders: RegistryOrders = { publishers: 50, seconds: quick ? 1 : 2 }
  return inProcess<number>('registry-load.ts', orders)
}

/** Node's SQLite alone, on the same disk. */
function commitLoop({ dataDir }: RegistryServer, { quick }: Run): Promise<number> {
  const orders: CommitOrders = {
    database: join(dataDir, 'loop.sqlite'),
    seconds: quick ? 1 : 2,
    text: 'x'.repeat(300),
  }
  return inProcess<number>('commit-load.ts', orders)
}
