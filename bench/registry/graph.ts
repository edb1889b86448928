import type { Figure } from '../figure.ts'
import { Connection } from '../load/connection.ts'
import { inProcess } from '../load/in-process.ts'
import { bearer, request } from '../load/request.ts'
import type { SqliteOrders } from '../load/sqlite-load.ts'
import { timed } from '../rounds.ts'
import { startRegistryServer } from '../servers/registry-server.ts'
import { copyOfDatabase, type Family, fillFamily } from './families.ts'

const depth = 12
const fanOut = 500
const reached = `with recursive reached(id, depth) as (select :id, 0
  union select a.child_version_id, r.depth + 1 from ancestry a join reached r on a.parent_version_id = r.id)`
const queries = [
  `${reached} select v.id, b.name, v.fingerprint, v.number, v.created_at, r.depth from reached r
    join versions v on v.id = r.id join buckets b on b.id = v.bucket_id`,
  `${reached} select a.parent_version_id, a.child_version_id, a.kind from reached r
    join ancestry a on a.parent_version_id = r.id`,
]

export const graph: Figure = {
  name: 'graph',
  title: `the graph below a version, ${depth} steps deep with ${fanOut} versions at each`,
  async measure({ quick, profile }) {
    let family: Family | undefined
    await using registry = await startRegistryServer(profile, (database) => {
      family = fillFamily(database, { name: 'family', buckets: depth, versions: fanOut, children: 1 })
    })
    const { bucket, origin } = family!
    const database = copyOfDatabase(registry)
    const headers = bearer(await registry.token())
    const connection = await Connection.open(registry)
    const path = `${registry.extensions}/buckets/${bucket}/graph?direction=descendants`
    const asked = Buffer.from(request('GET', path, { headers }))
    const samples: number[] = []
    for (let round = 0; round < (quick ? 5 : 15); round++) {
      let body: Buffer = Buffer.alloc(0)
      const took = await timed(async () => {
        ;({ body } = await connection.exchange(asked))
      })
      expectNodes(body)
      samples.push(took)
    }
    connection.close()
    const peer = await inProcess<number[]>('sqlite-load.ts', {
      ...{ database, statements: queries },
      ids: samples.map(() => origin.id),
    } satisfies SqliteOrders)
    const peers = [{ name: 'bare SQLite, the same queries', samples: peer }]
    return [{ name: 'graph', unit: 'ms', samples, peers, aim: { of: 'value', atMost: 200 } }]
  },
}

function expectNodes(body: Buffer): void {
  const { nodes } = JSON.parse(body.toString())
  if (nodes?.length !== depth * fanOut + 1) throw new Error(body.toString().slice(0, 500))
}
