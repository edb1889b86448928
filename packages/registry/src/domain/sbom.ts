import type { Subject } from './advisory-subject.ts'
import { sbomNameLength } from './limits.ts'
import { Refusal } from './refusal.ts'
import type { Instant } from './time.ts'

export type SbomFormat = 'cyclonedx' | 'spdx'

/** A bill of materials of a build: what is in its image. */
export interface Sbom {
  readonly id: string
  readonly buildId: string
  /** Once per build. */
  readonly name: string
  readonly format: SbomFormat
  /** Of the format, for example `1.6`. */
  readonly formatVersion: string
  /** Whether it came after its build was done, when nobody can tell any more that it describes that very image. */
  readonly late: boolean
  readonly author: string
  readonly packageCount: number
  readonly createdAt: Instant
}

/** A piece of software as a bill of materials names it. */
export interface Package {
  readonly name: string
  /** Empty when the bill names none. */
  readonly version: string
  /** The package URL; empty when the bill names none. */
  readonly purl: string
}

/** A package, and what advisories call it. */
export interface NamedPackage extends Package {
  readonly subjects: readonly Subject[]
}

/** What a bill of materials says. */
export interface SbomContent {
  readonly format: SbomFormat
  readonly formatVersion: string
  /** Each once. */
  readonly packages: readonly Package[]
}

/** Refuses a name that no bill of materials may have; an empty one is replaced. */
export function checkSbomName(name: string): Refusal | undefined {
  if (name === '' || (name.length <= sbomNameLength.max && /^[0-9A-Za-z-]{3,}$/.test(name))) return undefined
  const rule = `${sbomNameLength.min} to ${sbomNameLength.max} letters, digits and hyphens`
  return new Refusal('name.malformed', { field: 'name', value: name, rule })
}
