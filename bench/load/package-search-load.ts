import { DatabaseSync } from 'node:sqlite'
import { timed } from '../rounds.ts'
import { answerOrders } from './in-process.ts'
import { openRegistryObject, type RegistryObject } from './registry-object.ts'

/** Searches among so many rows that each say that a bill of materials names a package. */
export interface SearchOrders {
  readonly rows: number
  readonly rounds: number
}

/** Milliseconds. */
export interface SearchRound {
  /** A package that all have, in a range of its versions that half of them have. */
  readonly common: number
  /** A package that few have. */
  readonly rare: number
}

/** Of each bill of materials; the first of them is a version of the common package. */
const packagesOfEach = 200
const commonVersions = 200
const otherPackages = 50_000

answerOrders(async ({ rows, rounds }: SearchOrders): Promise<SearchRound[]> => {
  await using object = await openRegistryObject()
  const { registry, caller, project } = object
  fill(object, rows / packagesOfEach)
  const search = (name: string, range: string) =>
    timed(() => registry.sboms.search(caller, project, { name, range }))
  const done: SearchRound[] = []
  for (let round = 0; round < rounds; round++) {
    const common = await search('common', `<${commonVersions / 2}.0`)
    done.push({ common, rare: await search(`package-${round + 1}`, '>=1') })
  }
  return done
})

/** Written past the registry: five million rows take a minute even so. */
function fill({ database, project: { projectId } }: RegistryObject, sboms: number): void {
  const file = new DatabaseSync(database)
  file.exec('pragma synchronous = off; pragma cache_size = -200000; begin')
  file.exec(`${numbers(500)} insert into buckets select printf('b%05d', n), '${projectId}', printf('bucket-%d', n),
    '', '{}', ${Math.ceil(sboms / 500)}, 0, 0 from numbers`)
  file.exec(`${numbers(sboms)} insert into versions select printf('v%08d', n), printf('b%05d', n % 500),
    printf('f%d', n), n / 500 + 1, 'hcl2', 'bench', 1, n, n from numbers`)
  file.exec(`${numbers(sboms)} insert into builds select printf('u%08d', n), printf('v%08d', n), 'null.one', 'done',
    'aws', '', '{}', '', '', '', null, '', null, n, n from numbers`)
  file.exec(`${numbers(sboms)} insert into sboms select printf('s%08d', n), printf('u%08d', n), 'system', 'cyclonedx',
    '1.6', 0, 'bench', ${packagesOfEach}, 1, n from numbers`)
  file.exec(`${numbers(commonVersions)} insert into packages select n + 1, 'common', printf('%d.1', n),
    printf('pkg:deb/debian/common@%d.1?distro=debian-12', n) from numbers`)
  file.exec(`${numbers(otherPackages)} insert into packages select n + 1 + ${commonVersions}, printf('package-%d', n),
    '1.0', printf('pkg:deb/debian/package-%d@1.0?distro=debian-12', n) from numbers`)
  const link = file.prepare('insert into sbom_packages (sbom_id, package_id) values (?, ?)')
  for (let sbom = 0; sbom < sboms; sbom++) {
    const id = `s${String(sbom).padStart(8, '0')}`
    link.run(id, (sbom % commonVersions) + 1)
    const first = (sbom * 37) % (otherPackages - packagesOfEach)
    for (let index = 0; index < packagesOfEach - 1; index++) link.run(id, first + index + 1 + commonVersions)
  }
  file.exec('commit')
  file.close()
}

function numbers(count: number): string {
  return `with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n + 1 < ${count})`
}
