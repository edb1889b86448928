import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompressSync } from 'node:zlib'
import { timed } from '../rounds.ts'
import { answerOrders } from './in-process.ts'
import { openRegistryObject, type RegistryObject } from './registry-object.ts'

/** Bills of materials of so many bytes, one after the other, whose packages were never seen before. */
export interface SbomOrders {
  readonly bytes: number
  readonly rounds: number
}

/** Milliseconds. */
export interface SbomRound {
  /** From the call until the packages are found. */
  readonly searchable: number
  /** The longest time for which nobody else was answered. */
  readonly stall: number
  /** The same document unpacked, parsed and written by a bare program. */
  readonly bare: number
}

answerOrders(async ({ bytes, rounds }: SbomOrders): Promise<SbomRound[]> => {
  await using object = await openRegistryObject()
  const { registry, caller, project } = object
  const version = { ...project, bucket: 'base', fingerprint: 'one' }
  await registry.buckets.create(caller, project, { name: version.bucket })
  await registry.versions.create(caller, version, { fingerprint: version.fingerprint })
  const done: SbomRound[] = []
  for (let round = 0; round < rounds; round++) {
    const component = { componentType: `null.${round}`, status: 'running' } as const
    const { id: buildId } = await registry.builds.create(caller, version, component)
    const compressed = await promisify(zstdCompress)(documentOf(bytes, round))
    const content = compressed.toString('base64')
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const searchable = await timed(async () => {
      await registry.sboms.upload(caller, { ...version, buildId }, { ...system, content })
      await registry.sboms.search(caller, project, { name: `package-${round}-7`, range: '' })
    })
    delay.disable()
    const bare = await timed(async () => writeBare(object, compressed, round))
    done.push({ searchable, stall: delay.max / 1e6, bare })
  }
  return done
})

const system = { name: 'system', format: 'cyclonedx', late: false } as const

function documentOf(bytes: number, round: number): string {
  const components: string[] = []
  let size = 0
  for (let index = 0; size < bytes; index++) {
    const [name, version] = [`package-${round}-${index}`, `${index % 7}.${index % 50}-1~deb12u${index % 3}`]
    const purl = `pkg:deb/debian/${name}@${version}?arch=amd64&upstream=source-${index % 4000}&distro=debian-12`
    const properties = [{ name: 'syft:package:type', value: 'deb' }]
    const component = JSON.stringify({ type: 'library', name, version, purl, properties, licenses: [] })
    components.push(component)
    size += component.length + 1
  }
  return `{"bomFormat":"CycloneDX","specVersion":"1.6","components":[${components.join(',')}]}`
}

/** What nobody can do without: it unpacks, parses, and writes a row for each package in one transaction. */
function writeBare({ database }: RegistryObject, compressed: Buffer, round: number): void {
  const bare = new DatabaseSync(join(database, '..', `bare-${round}.sqlite`))
  bare.exec('pragma journal_mode = wal; pragma synchronous = full')
  bare.exec('create table packages (name text, version text, purl text, primary key (name, version, purl))')
  const insert = bare.prepare('insert into packages values (?, ?, ?)')
  bare.exec('begin')
  for (const { name, version, purl } of JSON.parse(zstdDecompressSync(compressed).toString()).components)
    insert.run(name, version, purl)
  bare.exec('commit')
  bare.close()
}
