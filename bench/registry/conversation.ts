import type { Figure, Reading, Run } from '../figure.ts'
import type { ConversationOrders } from '../load/conversation-load.ts'
import { inProcess } from '../load/in-process.ts'
import { startBareServer } from '../servers/bare-server.ts'
import { type RegistryServer, startRegistryServer } from '../servers/registry-server.ts'
import type { Server } from '../servers/server.ts'
import { percentile } from '../statistics.ts'

/** What any request of the conversation can be answered with, when nobody looks closer. */
const body = JSON.stringify({ bucket: {}, version: { name: 'v0' }, builds: [], build: { id: 'b' } })

export const conversation: Figure = {
  name: 'conversation',
  title:
    'all that packer says to publish one version of three builds and sixty artifacts: 13 requests, 10 of them writes',
  async measure(run) {
    await using registry = await startRegistryServer(run.profile)
    await using bare = await startBareServer(registry, { body, durable: true })
    return [
      ...(await conversations(run, { registry, bare, clients: 1, aim: 6 })),
      ...(await conversations(run, { registry, bare, clients: 8, aim: 30 })),
    ]
  },
}

interface Conversations {
  readonly registry: RegistryServer
  readonly bare: Server
  readonly clients: number
  /** Milliseconds. */
  readonly aim: number
}

async function conversations({ quick }: Run, what: Conversations): Promise<Reading[]> {
  const ours: number[][] = []
  const peers: number[][] = []
  for (let round = 0; round < (quick ? 3 : 5); round++) {
    ours.push(await durations(what.registry, what, round, quick))
    peers.push(await durations(what.bare, what, round, quick))
  }
  const reading = (percent: number): Reading => {
    const of = (rounds: readonly number[][]) => rounds.map((each) => percentile(each, percent))
    return {
      name: `conversation, ${what.clients} ${what.clients === 1 ? 'client' : 'clients'}, p${percent}`,
      unit: 'ms',
      samples: of(ours),
      peers: [{ name: 'bare node:https, a commit for each', samples: of(peers) }],
    }
  }
  return [{ ...reading(50), aim: { of: 'value', atMost: what.aim } }, reading(99)]
}

/** In ascending order. */
async function durations(
  server: Server,
  { registry, clients }: Conversations,
  round: number,
  quick: boolean,
): Promise<number[]> {
  const taken = await inProcess<number[]>('conversation-load.ts', {
    port: server.port,
    ca: server.ca,
    project: registry.project,
    token: await registry.token(),
    clients,
    seconds: quick ? 1 : 2,
    name: `talk-${clients}-${round}`,
  } satisfies ConversationOrders)
  return taken.sort((a, b) => a - b)
}
