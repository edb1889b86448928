import type { Figure, Reading } from '../figure.ts'
import { Connection } from '../load/connection.ts'
import type { LoadOrders, LoadResult } from '../load/https-load.ts'
import { inProcess } from '../load/in-process.ts'
import { bearer, request } from '../load/request.ts'
import { inRounds } from '../rounds.ts'
import { startBareServer } from '../servers/bare-server.ts'
import type { FilledDatabase } from '../servers/filled-database.ts'
import { residentMegabytes } from '../servers/process-facts.ts'
import { type RegistryServer, startRegistryServer } from '../servers/registry-server.ts'
import type { Server } from '../servers/server.ts'

const buckets = 2000
const versions = 500
/** Requests wait for each other on the one thread of the server, so that more connections measure the queue. */
const connections = 2

/** What is asked, of one bucket or another. */
const questions: readonly (readonly [name: string, path: (at: Paths) => string])[] = [
  ['50 buckets', ({ project }) => `${project}/buckets`],
  ['50 versions', ({ project, bucket }) => `${project}/buckets/${bucket}/versions`],
  ['channel read', ({ project, bucket }) => `${project}/buckets/${bucket}/channels/latest`],
  ['resolve', ({ extensions, bucket }) => `${extensions}/buckets/${bucket}/resolve?version=v${versions / 2}`],
]

interface Paths {
  readonly project: string
  readonly extensions: string
  readonly bucket: string
}

export const manyVersions: Figure = {
  name: 'many-versions',
  title: 'lists and look-ups, p99, among 2,000 buckets with 500 versions each, and among fewer',
  async measure({ quick, profile }) {
    await using all = await startRegistryServer(profile, fill(buckets))
    await using tenth = await startRegistryServer(undefined, fill(buckets / 10))
    await using hundredth = await startRegistryServer(undefined, fill(buckets / 100))
    const readings: Reading[] = []
    for (const [name, path] of questions) {
      const body = await answerOf(hundredth, path)
      await using bare = await startBareServer(hundredth, { body })
      const least = requestsOf(hundredth, path, { count: buckets / 100, token: '' })
      const [ours, ...peers] = await inRounds(quick ? 1 : 2, [
        [`${name} of 2,000 × 500, p99`, () => p99Of(all, path, buckets)],
        ['a tenth of the buckets', () => p99Of(tenth, path, buckets / 10)],
        ['a hundredth', () => p99Of(hundredth, path, buckets / 100)],
        ['bare node:https, same body', () => p99(bare, least)],
      ])
      readings.push({ ...ours!, peers, unit: 'ms', aim: { of: 'value', atMost: 20 } })
    }
    return [...readings, memoryOf(all, [tenth, hundredth])]
  },
}

function fill(count: number): (database: FilledDatabase) => void {
  return (database) => {
    for (let index = 0; index < count; index++) {
      const bucket = database.bucket(`bucket-${index}`, versions)
      const made = Array.from({ length: versions }, (_, place) => database.version(bucket, place + 1))
      database.channel(bucket, 'latest', made.slice(-1))
      database.channel(bucket, 'production', made.slice(-1))
    }
  }
}

type Path = (at: Paths) => string

/** Each bucket in turn, in an order in which neighbours are far from each other. */
function requestsOf(
  { project, extensions }: RegistryServer,
  path: Path,
  { count, token }: { readonly count: number; readonly token: string },
): string[] {
  return Array.from({ length: Math.min(count, 1000) }, (_, index) => {
    const bucket = `bucket-${(index * 1237) % count}`
    return request('GET', path({ project, extensions, bucket }), { headers: bearer(token) })
  })
}

async function p99Of(registry: RegistryServer, path: Path, count: number): Promise<number> {
  return p99(registry, requestsOf(registry, path, { count, token: await registry.token() }))
}

async function p99({ port, ca }: Server, requests: readonly string[]): Promise<number> {
  const orders: LoadOrders = { port, ca, connections, seconds: 1.5, requests }
  return (await inProcess<LoadResult>('https-load.ts', orders)).p99
}

async function answerOf(registry: RegistryServer, path: Path): Promise<string> {
  const [first] = requestsOf(registry, path, { count: 1, token: await registry.token() })
  const connection = await Connection.open(registry)
  const { body } = await connection.exchange(Buffer.from(first!))
  connection.close()
  return body.toString()
}

function memoryOf(all: RegistryServer, fewer: readonly RegistryServer[]): Reading {
  const names = ['a tenth of the buckets', 'a hundredth']
  return {
    ...{
      name: 'memory at a million versions, after that',
      unit: 'MB',
      samples: [residentMegabytes(all.pid)],
    },
    peers: fewer.map(({ pid }, index) => ({ name: names[index]!, samples: [residentMegabytes(pid)] })),
    aim: { of: 'value', atMost: 200 },
  }
}
