import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Acknowledged } from '../../testing/acknowledged.ts'
import { temporaryDirectory } from '../../testing/drivers.ts'
import { SqliteStore } from './sqlite-store.ts'

const kills = 30
const writer = fileURLToPath(new URL('../../testing/crash-writer.ts', import.meta.url))

/** Lets the writer work for a while after its first acknowledgement, kills it, and answers what was acknowledged. */
async function killed(database: string, prefix: string, after: number): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [writer, database, prefix], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (text === '') setTimeout(() => child.kill('SIGKILL'), after)
    text += chunk
  })
  const signal = await new Promise((resolve) => child.on('close', (_code, by) => resolve(by)))
  expect(signal).toBe('SIGKILL')
  const lines = text.split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as Acknowledged)
}

async function check(database: string, acknowledged: readonly Acknowledged[]): Promise<void> {
  const store = await SqliteStore.open(database)
  await store.read(async (rows) => {
    const organization = await rows.tenants.firstOrganization()
    const [project] = await rows.tenants.projects(organization!.id)
    for (const { bucket: name, fingerprint, done } of acknowledged) {
      const bucket = await rows.buckets.find(project!.id, name)
      const version = await rows.versions.find(bucket!.id, fingerprint)
      expect(version).toMatchObject({ fingerprint })
      const builds = await rows.builds.ofVersion(version!.id)
      const finished = builds.every((build) => build.status === 'done') && builds.length > 0
      expect(version!.number > 0).toBe(finished)
      if (!done) continue
      const build = builds.find((one) => one.componentType === done)
      expect(build).toMatchObject({ status: 'done', artifacts: [{}, {}, {}] })
    }
  })
  await store.close()
}

/** Nothing is half there: numbers and audit places without gaps, latest on the newest, every row with its owner. */
function checkWhole(database: string): void {
  const connection = new DatabaseSync(database)
  const all = (text: string) => connection.prepare(text).all()
  expect(all('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(all('pragma foreign_key_check')).toEqual([])
  expect(all('select count(*) as n, max(sequence) as m from audit_events').every(({ n, m }) => n === m)).toBe(
    true,
  )
  const numbers = all(
    'select bucket_id, count(*) as n, max(number) as m from versions where number > 0 group by bucket_id',
  )
  expect(numbers.filter(({ n, m }) => n !== m)).toEqual([])
  const behind = all(`select c.id from channels c left join versions l on l.id = c.version_id
    where coalesce(l.number, 0) <> (select coalesce(max(number), 0) from versions v where v.bucket_id = c.bucket_id)`)
  expect(behind).toEqual([])
  connection.close()
}

test(`${kills} kills at any moment lose nothing that was acknowledged`, { timeout: 180_000 }, async () => {
  await using directory = await temporaryDirectory()
  const database = join(directory.path, 'registry.db')
  let writes = 0
  for (let round = 0; round < kills; round++) {
    const acknowledged = await killed(database, `r${round}`, Math.random() * 150)
    await check(database, acknowledged)
    writes += acknowledged.length
  }
  checkWhole(database)
  expect(writes).toBeGreaterThan(kills)
})
