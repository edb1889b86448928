import type { Aim, Reading, Run } from '../figure.ts'
import type { LoadOrders, LoadResult } from '../load/https-load.ts'
import { inProcess } from '../load/in-process.ts'
import { processorTime } from '../servers/process-facts.ts'
import type { Server } from '../servers/server.ts'

export interface Throughput {
  readonly name: string
  readonly registry: Server
  readonly bare: Server
  readonly bareName: string
  readonly connections: number
  readonly requests: readonly string[]
  readonly aim: Aim
}

interface Round extends LoadResult {
  /** Microseconds of the server's processor time for each request. */
  readonly processor: number
}

/**
 * The same load on a registry and on its bare peer, in turns. Requests per second depend on what else the machine does; the
 * processor time of one request does so far less.
 */
export async function throughput({ quick }: Run, what: Throughput): Promise<Reading[]> {
  const seconds = quick ? 1.5 : 2
  const ours: Round[] = []
  const peers: Round[] = []
  // Code that runs the first thousand times is slow: this round does not count.
  for (const server of [what.registry, what.bare]) await loadRound(server, what, seconds)
  for (let round = 0; round < (quick ? 3 : 5); round++) {
    ours.push(await loadRound(what.registry, what, seconds))
    peers.push(await loadRound(what.bare, what, seconds))
  }
  const reading = (name: string, unit: Reading['unit'], key: keyof Round): Reading => ({
    name: `${what.name}, ${name}`,
    unit,
    samples: ours.map((each) => each[key]),
    peers: [{ name: what.bareName, samples: peers.map((each) => each[key]) }],
  })
  return [
    { ...reading(`${what.connections} connections`, '/s', 'perSecond'), aim: what.aim },
    reading('processor time of one', 'µs', 'processor'),
    reading('p50', 'ms', 'p50'),
    reading('p99', 'ms', 'p99'),
  ]
}

async function loadRound(server: Server, what: Throughput, seconds: number): Promise<Round> {
  const before = processorTime(server.pid)
  const result = await inProcess<LoadResult>('https-load.ts', {
    port: server.port,
    ca: server.ca,
    connections: what.connections,
    seconds,
    requests: what.requests,
  } satisfies LoadOrders)
  return { ...result, processor: ((processorTime(server.pid) - before) * 1000) / result.answers }
}
