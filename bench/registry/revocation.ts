import type { Figure, Reading } from '../figure.ts'
import { Connection } from '../load/connection.ts'
import { inProcess } from '../load/in-process.ts'
import { bearer, request } from '../load/request.ts'
import type { SqliteOrders } from '../load/sqlite-load.ts'
import { timed } from '../rounds.ts'
import { type RegistryServer, startRegistryServer } from '../servers/registry-server.ts'
import { copyOfDatabase, type Family, fillFamily } from './families.ts'

const shape = { buckets: 100, versions: 100, children: 3 }
const heirs = `with recursive heirs(id) as (select :id
  union select a.child_version_id from ancestry a join heirs h on a.parent_version_id = h.id)`
const read = `${heirs} select v.id, b.name, v.fingerprint, v.number from heirs h
  join versions v on v.id = h.id join buckets b on b.id = v.bucket_id`
const write = [
  `${heirs} insert into revocations (version_id, origin_id, origin_bucket, origin_fingerprint, origin_number, spreads,
    revoke_at, author, message, created_at) select id, :id, 'base', 'fp', 1, 1, 0, 'local', '', 0 from heirs`,
  'update versions set revision = 2 where id in (select version_id from revocations where origin_id = :id)',
]

export const revocation: Figure = {
  name: 'revocation',
  title: 'plan and revocation of a version with 10,000 descendants, which moves 200 channels',
  async measure({ quick, profile }) {
    const rounds = quick ? 3 : 5
    const families: Family[] = []
    await using registry = await startRegistryServer(profile, (database) => {
      for (let round = 0; round < rounds; round++)
        families.push(fillFamily(database, { name: `family-${round}`, ...shape }))
    })
    const database = copyOfDatabase(registry)
    const ids = families.map(({ origin }) => origin.id)
    const bare = (statements: readonly string[]) =>
      inProcess<number[]>('sqlite-load.ts', { database, statements, ids } satisfies SqliteOrders)
    const reading = (name: string, samples: readonly number[], peer: readonly number[]): Reading => ({
      ...{ name, unit: 'ms', samples, aim: { of: 'value', atMost: 1000 } },
      peers: [{ name: 'bare SQLite, the same query', samples: peer }],
    })
    const plans = await ask(registry, families, 'revocation-plan')
    const barePlans = await bare([read])
    const revocations = await ask(registry, families, 'revoke')
    return [
      reading('revocation plan', plans, barePlans),
      reading('revocation', revocations, await bare(write)),
    ]
  },
}

/** Milliseconds of one request to each origin. */
async function ask(
  registry: RegistryServer,
  families: readonly Family[],
  what: 'revocation-plan' | 'revoke',
): Promise<number[]> {
  const headers = bearer(await registry.token())
  const connection = await Connection.open(registry)
  const durations: number[] = []
  for (const { bucket, origin } of families) {
    const path = `${registry.extensions}/buckets/${bucket}/versions/${origin.fingerprint}/${what}`
    const asked = Buffer.from(request('POST', path, { headers, body: '{}' }))
    durations.push(await timed(async () => expectDescendants((await connection.exchange(asked)).body)))
  }
  connection.close()
  return durations
}

function expectDescendants(body: Buffer): void {
  const { plan } = JSON.parse(body.toString())
  if (plan?.descendant_count !== shape.buckets * shape.versions)
    throw new Error(body.toString().slice(0, 500))
}
