import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { FilledBucket, FilledDatabase, FilledVersion } from '../servers/filled-database.ts'
import type { RegistryServer } from '../servers/registry-server.ts'

/** A version from which others were built. */
export interface Family {
  readonly bucket: string
  readonly origin: FilledVersion
}

export interface FamilyShape {
  /** Begins the names of its buckets. */
  readonly name: string
  readonly buckets: number
  /** Versions of each bucket, every one built from the version with its number in the parent bucket. */
  readonly versions: number
  /** Buckets that are built from one bucket. */
  readonly children: number
}

/** Fills in a tree of buckets; below the origin there are as many descendants as buckets times versions. */
export function fillFamily(database: FilledDatabase, shape: FamilyShape): Family {
  const bucket = database.bucket(`${shape.name}-base`, 1)
  const origin = database.version(bucket, 1)
  database.channel(bucket, 'latest', [origin])
  const generations: FilledVersion[][] = []
  for (let index = 0; index < shape.buckets; index++) {
    const parent = generations[Math.floor(index / shape.children) - 1]
    generations.push(fillBucket(database, shape, { index, parentOf: (place) => parent?.[place] ?? origin }))
  }
  return { bucket: bucket.name, origin }
}

interface Place {
  readonly index: number
  readonly parentOf: (place: number) => FilledVersion
}

function fillBucket(database: FilledDatabase, { name, versions }: FamilyShape, { index, parentOf }: Place) {
  const bucket: FilledBucket = database.bucket(`${name}-${index}`, versions)
  const made = Array.from({ length: versions }, (_, place) =>
    database.version(bucket, place + 1, parentOf(place)),
  )
  database.channel(bucket, 'latest', made)
  database.channel(bucket, 'production', made.slice(0, Math.ceil(versions / 2)))
  return made
}

/** What the registry holds, in a file that nothing else writes. */
export function copyOfDatabase({ dataDir }: RegistryServer): string {
  const copy = join(dataDir, 'copy.sqlite')
  using database = new DatabaseSync(join(dataDir, 'registry.sqlite'))
  database.prepare('vacuum into ?').run(copy)
  return copy
}
