import type { AffectedVersions, RangeEvent } from './affected.ts'
import { rankOfScore, rankOfWord } from './criticality.ts'
import { isKnownEcosystem, spelled, streamOf } from './ecosystem.ts'
import { asObject, type Json, objects, text } from './json.ts'
import { advisoryIdLength, advisoryTextLength, affectedPerAdvisory, versionsPerAffected } from './limits.ts'
import type { Instant } from './time.ts'

/** A publicly known weakness of packages. */
export interface Advisory {
  /** For example `CVE-2024-3094` or `GHSA-…`. */
  readonly id: string
  readonly modifiedAt: Instant
  readonly publishedAt: Instant | null
  /** Set when its author has taken it back. */
  readonly withdrawnAt: Instant | null
  /** A place among the criticalities. */
  readonly criticality: number
  /** The word or the vector that it was taken from. */
  readonly severity: string
  readonly summary: string
  readonly details: string
  /** Other identifiers of the same weakness. */
  readonly aliases: readonly string[]
  readonly related: readonly string[]
  readonly affected: readonly AffectedPackage[]
}

/** A package of one release of an ecosystem that an advisory speaks of. */
export interface AffectedPackage {
  readonly stream: string
  readonly name: string
  readonly versions: AffectedVersions
}

/** Reckons the score of a CVSS vector; undefined when it is none. */
export type Score = (vector: string) => number | undefined

/** What is wrong with an advisory, in words. */
export interface Unreadable {
  readonly problem: string
}

/**
 * Reads an advisory in the form of https://ossf.github.io/osv-schema/. Packages of ecosystems that nothing can be held against
 * are left out.
 */
export function readOsv(value: unknown, score: Score): Advisory | Unreadable {
  const osv = asObject(value)
  if (!osv) return { problem: 'it is no JSON object' }
  const id = text(osv['id'])
  if (!/^[\x21-\x7e]+$/.test(id) || id.length > advisoryIdLength)
    return { problem: 'its id is missing or malformed' }
  const modifiedAt = time(osv['modified'])
  if (modifiedAt === null) return { problem: `${id} has no time of its last modification in "modified"` }
  const affected = affectedPackages(osv)
  if (affected.length > affectedPerAdvisory)
    return { problem: `${id} names more than ${affectedPerAdvisory} packages` }
  return {
    ...{ id, modifiedAt, publishedAt: time(osv['published']), withdrawnAt: time(osv['withdrawn']) },
    ...severityOf(osv, score),
    ...{ summary: kept(text(osv['summary'])), details: kept(text(osv['details'])) },
    ...{
      aliases: ids([...texts(osv['aliases']), ...texts(osv['upstream'])]),
      related: ids(osv['related']),
      affected,
    },
  }
}

function affectedPackages(osv: Json): readonly AffectedPackage[] {
  return objects(osv['affected']).flatMap((one) => {
    const named = asObject(one['package'])
    const [ecosystem, name] = [text(named?.['ecosystem']), kept(text(named?.['name']))]
    if (name === '' || !isKnownEcosystem(ecosystem)) return []
    const versions = { ranges: ranges(one), versions: texts(one['versions']).slice(0, versionsPerAffected) }
    if (versions.ranges.length + versions.versions.length === 0) return []
    return { stream: kept(streamOf(ecosystem)), name: spelled(ecosystem, name), versions }
  })
}

const kinds = ['introduced', 'fixed', 'last_affected', 'limit'] as const

/** Ranges of commits name no versions of packages. */
function ranges(affected: Json): readonly (readonly RangeEvent[])[] {
  return objects(affected['ranges'])
    .filter(({ type }) => type === 'SEMVER' || type === 'ECOSYSTEM')
    .map((range) => objects(range['events']).slice(0, versionsPerAffected).flatMap(readEvent))
    .filter((events) => events.length > 0)
}

function readEvent(event: Json): readonly RangeEvent[] {
  return kinds.flatMap((kind) => {
    const version = kept(text(event[kind]))
    return version === '' ? [] : [[kind, version] as const]
  })
}

/** The worst of what is said: by vectors, by the words of distributions, by the words of databases. */
function severityOf(osv: Json, score: Score): Pick<Advisory, 'criticality' | 'severity'> {
  const parts = objects(osv['affected'])
  const rated = [osv, ...parts].flatMap((one) => objects(one['severity'])).slice(0, affectedPerAdvisory)
  const said = [
    ...rated.map(({ score: vector }) => text(vector)),
    ...[osv, ...parts].map((one) => text(asObject(one['database_specific'])?.['severity'])),
    ...parts.map((one) => text(asObject(one['ecosystem_specific'])?.['severity'])),
    ...parts.map((one) => text(asObject(one['ecosystem_specific'])?.['urgency'])),
  ]
  let worst = { criticality: 0, severity: '' }
  for (const severity of new Set(said)) {
    const criticality = rankOf(severity, score)
    if (criticality > worst.criticality) worst = { criticality, severity: kept(severity) }
  }
  return worst
}

function rankOf(said: string, score: Score): number {
  if (!said.includes('/')) return rankOfWord(said) ?? 0
  const reckoned = score(said)
  return reckoned === undefined ? 0 : rankOfScore(reckoned)
}

function time(value: unknown): Instant | null {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isFinite(at) && at > 0 ? at : null
}

function ids(value: unknown): readonly string[] {
  return texts(value).slice(0, 100)
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string').map(kept) : []
}

/** A text as a column may hold it. */
function kept(value: string): string {
  return value.slice(0, advisoryTextLength).toWellFormed().replaceAll('\0', '\uFFFD')
}
