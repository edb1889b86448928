import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a package says of itself, as far as packing reads it. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly files?: readonly string[]
  readonly [field: string]: unknown
}

/** A package that others install. */
export interface PublicPackage {
  /** Its folder in the repository. */
  readonly home: string
  readonly manifest: Manifest
}

/** All packages of this repository that are not private. */
export function publicPackages(root: string): PublicPackage[] {
  return readdirSync(join(root, 'packages'))
    .map((folder) => join(root, 'packages', folder))
    .filter((home) => existsSync(join(home, 'package.json')))
    .map((home) => ({ home, manifest: JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => !manifest.private)
}
