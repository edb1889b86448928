import { asObject, type Json, text } from '../domain/json.ts'
import { packageTextLength, sbomPackages } from '../domain/limits.ts'
import type { Package, SbomContent, SbomFormat } from '../domain/sbom.ts'
import { cyclonedxPackages, cyclonedxVersions } from './cyclonedx.ts'
import { spdxPackages, spdxVersions } from './spdx.ts'

/** Why a bill of materials cannot be taken. */
export type SbomProblem =
  | { readonly code: 'sbom.unreadable'; readonly problem: string }
  | { readonly code: 'sbom.empty' }
  | { readonly code: 'sbom.too-large'; readonly limit: number }
  | { readonly code: 'list.too-long'; readonly limit: number }

/** Reads an unpacked bill of materials of a format. */
export function parseSbom(json: string, format: SbomFormat): SbomContent | SbomProblem {
  const document = read(json)
  if (typeof document === 'string') return unreadable(document)
  const known = recognize(document)
  if (typeof known === 'string') return unreadable(known)
  if (known.format !== format) return unreadable(`it is ${titles[known.format]}, not ${titles[format]}`)
  const named = format === 'cyclonedx' ? cyclonedxPackages(document) : spdxPackages(document)
  const packages = distinct(named)
  if (packages.length === 0) return { code: 'sbom.empty' }
  if (packages.length > sbomPackages) return { code: 'list.too-long', limit: sbomPackages }
  return { ...known, packages }
}

const titles = { cyclonedx: 'CycloneDX', spdx: 'SPDX' } as const

function read(json: string): Json | string {
  try {
    return asObject(JSON.parse(json)) ?? 'it is no JSON object'
  } catch (error) {
    return `it is not JSON (${error instanceof Error ? error.message : error})`
  }
}

function recognize(document: Json): { format: SbomFormat; formatVersion: string } | string {
  if (document['bomFormat'] === 'CycloneDX') {
    const formatVersion = text(document['specVersion'])
    if (cyclonedxVersions.includes(formatVersion)) return { format: 'cyclonedx', formatVersion }
    return `its specVersion is ${JSON.stringify(formatVersion)}; ${cyclonedxVersions.join(', ')} are read`
  }
  const formatVersion = text(document['spdxVersion']).replace(/^SPDX-/, '')
  if (spdxVersions.includes(formatVersion)) return { format: 'spdx', formatVersion }
  if (formatVersion === '') return 'it has neither bomFormat "CycloneDX" nor an spdxVersion'
  return `its spdxVersion is ${JSON.stringify(formatVersion)}; ${spdxVersions.map((one) => `SPDX-${one}`).join(', ')} are read`
}

function unreadable(problem: string): SbomProblem {
  return { code: 'sbom.unreadable', problem }
}

function distinct(packages: readonly Package[]): Package[] {
  const byText = new Map<string, Package>()
  for (const { name, version, purl } of packages) {
    const kept = { name: keepable(name), version: keepable(version), purl: keepable(purl) }
    byText.set(`${kept.name}\n${kept.version}\n${kept.purl}`, kept)
  }
  return [...byText.values()]
}

/** A text as a column may hold it. */
function keepable(value: string): string {
  return value.slice(0, packageTextLength).toWellFormed().replaceAll('\0', '\uFFFD')
}
