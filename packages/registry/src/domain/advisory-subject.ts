import { PackageURL } from 'packageurl-js'
import { spelled } from './ecosystem.ts'
import type { Package } from './sbom.ts'

/** What advisories call a package: where it comes from, its name there, and its version. */
export interface Subject {
  /** For example `Debian:12` or `npm`. */
  readonly stream: string
  /** The stream without its release: advisories may speak of all releases. */
  readonly family: string
  readonly name: string
  readonly version: string
}

/** A package URL, read: what of it matters here. */
interface Url {
  readonly type: string
  readonly namespace: string
  readonly name: string
  readonly version: string
  readonly qualifiers: Readonly<Record<string, string | undefined>>
}

/**
 * What advisories call a package, by its package URL (https://github.com/package-url/purl-spec); nothing when it has none, or comes
 * from where no advisories are known of. Debian, Ubuntu and Alpine speak of source packages, whose name and version stand in the
 * qualifier `upstream`; Red Hat and its kin of either.
 */
export function subjectsOf({ purl, version }: Pick<Package, 'purl' | 'version'>): readonly Subject[] {
  const url = readPackageUrl(purl)
  const read = url && Object.hasOwn(readers, url.type) ? readers[url.type] : undefined
  if (!url || !read) return []
  return read({ ...url, version: url.version || version }).flatMap(({ family, release, ...found }) => {
    if (found.name === '' || found.version === '') return []
    const stream = release === undefined ? family : `${family}:${release}`
    return { stream, family, name: spelled(family, found.name), version: found.version }
  })
}

/** Undefined where the text is none. */
function readPackageUrl(text: string): Url | undefined {
  if (!text.startsWith('pkg:')) return undefined
  try {
    const { type, namespace, name, version, qualifiers } = PackageURL.fromString(text)
    const kept = { type: type ?? '', namespace: namespace ?? '', name: name ?? '', version: version ?? '' }
    return { ...kept, qualifiers: qualifiers ?? {} }
  } catch {
    return undefined // what is no package URL names nothing that an advisory could mean
  }
}

interface Found {
  readonly family: string
  readonly release?: string | undefined
  readonly name: string
  readonly version: string
}
type Reader = (url: Url) => readonly Found[]

/** `distro=debian-12.4` without the name: `12.4`. */
function release({ qualifiers }: Url): string {
  return /(\d+(?:\.\d+)*)/.exec(qualifiers['distro'] ?? '')?.[1] ?? ''
}

/** The source package that a binary one was made from. */
function source(url: Url): { readonly name: string; readonly version: string } {
  const [name = '', version = ''] = (url.qualifiers['upstream'] ?? '').split('@', 2)
  const own = { name: url.name, version: withEpoch(url) }
  return name === '' ? own : { name, version: version || own.version }
}

function withEpoch({ version, qualifiers }: Url): string {
  const epoch = qualifiers['epoch']
  return epoch && /^\d+$/.test(epoch) && !/^\d+:/.test(version) ? `${epoch}:${version}` : version
}

/** Leading numbers of a release: two of `3.19.1` are `3.19`. Empty when there are fewer. */
function numbers(text: string, count: number): string {
  const parts = text.split('.')
  return text === '' || parts.length < count ? '' : parts.slice(0, count).join('.')
}

const deb: Reader = (url) => {
  if (url.namespace === 'debian') return of('Debian', numbers(release(url), 1), source(url))
  if (url.namespace === 'ubuntu') return of('Ubuntu', numbers(release(url), 2), source(url))
  return []
}

const apk: Reader = (url) => {
  const alpine = numbers(release(url), 2)
  if (url.namespace === 'alpine') return of('Alpine', alpine && `v${alpine}`, source(url))
  if (url.namespace === 'wolfi') return [{ family: 'Wolfi', ...source(url) }]
  return url.namespace === 'chainguard' ? [{ family: 'Chainguard', ...source(url) }] : []
}

const rpmFamilies: Readonly<Record<string, string>> = {
  rocky: 'Rocky Linux',
  rockylinux: 'Rocky Linux',
  almalinux: 'AlmaLinux',
  alma: 'AlmaLinux',
  redhat: 'Red Hat',
  rhel: 'Red Hat',
}

const rpm: Reader = (url) => {
  if (!Object.hasOwn(rpmFamilies, url.namespace)) return []
  const binary = { name: url.name, version: withEpoch(url) }
  const [, name = '', version = ''] =
    /^(.+)-([^-]+-[^-]+)\.src\.rpm$/.exec(url.qualifiers['upstream'] ?? '') ?? []
  const made = { name, version: withEpoch({ ...url, version }) }
  const found = name === '' || name === binary.name ? [binary] : [binary, made]
  return found.flatMap((one) => of(rpmFamilies[url.namespace]!, numbers(release(url), 1), one))
}

/** An advisory of another release says nothing, so that a package of no known release has none. */
function of(family: string, word: string, found: Pick<Found, 'name' | 'version'>): readonly Found[] {
  return word === '' ? [] : [{ family, release: word, ...found }]
}

function language(family: string, separator: string): Reader {
  return ({ namespace, name, version }) => [
    { family, version, name: namespace === '' ? name : `${namespace}${separator}${name}` },
  ]
}

const readers: Readonly<Record<string, Reader>> = {
  deb,
  apk,
  rpm,
  npm: language('npm', '/'),
  golang: language('Go', '/'),
  maven: language('Maven', ':'),
  pypi: language('PyPI', '/'),
  cargo: language('crates.io', '/'),
  nuget: language('NuGet', '/'),
  gem: language('RubyGems', '/'),
  hex: language('Hex', '/'),
  pub: language('Pub', '/'),
}
