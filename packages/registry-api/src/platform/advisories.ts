import { operation } from '../operation.ts'
import { Pagination, page } from '../packer-2023-01-01/paging.ts'
import { any, dateTime, given, int32, list, nullable, object, type Static, string } from '../schema.ts'
import { project } from './project-path.ts'

/** Bytes of one import: the largest advisories have some megabytes. */
const importSize = 16 * 1024 * 1024

/** A publicly known weakness. `refers_to` are other identifiers of it; `severity` is the word or vector that `criticality` was taken from. */
const Facts = {
  identifier: string,
  criticality: string,
  severity: string,
  summary: string,
  refers_to: list(string),
  related: list(string),
  modified_at: dateTime,
  published_at: nullable(dateTime),
  withdrawn_at: nullable(dateTime),
}
export const Advisory = object(Facts)
export type Advisory = Static<typeof Advisory>

/** Versions of a package that an advisory means: those in the ranges, and those that are named. An event is `introduced 1.2`. */
const Affected = object({
  ecosystem: string,
  name: string,
  ranges: list(list(string)),
  versions: list(string),
})

/**
 * Takes advisories in the form of OSV (https://ossf.github.io/osv-schema/): those that are new, or were modified since they were
 * imported. One that cannot be read stops all of the call. `ignored` are those of ecosystems that nothing is held against.
 */
export const importAdvisories = operation({
  id: 'Ingot_ImportAdvisories',
  plane: 'platform',
  method: 'POST',
  path: `${project}/advisories`,
  body: given({ advisories: list(any) }),
  bodyLimit: importSize,
  reply: object({ added: int32, updated: int32, unchanged: int32, ignored: int32 }),
  seenFrom: ['ingot'],
})

/** Advisories by their identifiers; of an ecosystem (`Debian:12`), of a package. */
export const listAdvisories = operation({
  id: 'Ingot_ListAdvisories',
  plane: 'platform',
  method: 'GET',
  path: `${project}/advisories`,
  query: object({}, { ...page, ecosystem: string, package_name: string, identifier_starts_with: string }),
  reply: object({ advisories: list(Advisory), pagination: Pagination }),
  seenFrom: ['ingot'],
})

/** An advisory with the packages that it speaks of. */
export const getAdvisory = operation({
  id: 'Ingot_GetAdvisory',
  plane: 'platform',
  method: 'GET',
  path: `${project}/advisories/:advisory_id`,
  reply: object({ advisory: object({ ...Facts, details: string, affected: list(Affected) }) }),
  seenFrom: ['ingot'],
})

/** How many advisories there are, and when they were last imported: null when none ever were. */
export const getAdvisoryStatus = operation({
  id: 'Ingot_GetAdvisoryStatus',
  plane: 'platform',
  method: 'GET',
  path: `${project}/advisory-status`,
  reply: object({
    advisory_count: int32,
    last_imported_at: nullable(dateTime),
    ecosystems: list(
      object({
        ecosystem: string,
        advisory_count: int32,
        withdrawn_count: int32,
        last_imported_at: dateTime,
      }),
    ),
  }),
  seenFrom: ['ingot'],
})
