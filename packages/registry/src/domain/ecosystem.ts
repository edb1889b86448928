import { compareApk } from './version-order/apk.ts'
import { compareDpkg } from './version-order/dpkg.ts'
import type { VersionOrder } from './version-order/order.ts'
import { comparePep440 } from './version-order/pep440.ts'
import { compareRpm } from './version-order/rpm.ts'
import { compareSemver } from './version-order/semver.ts'
import { compareGem, compareMaven } from './version-order/words.ts'

/** What is true of all releases of an ecosystem. Names as https://ossf.github.io/osv-schema/#defined-ecosystems has them. */
interface Ecosystem {
  readonly order: VersionOrder
  /** A package's one name where it may be spelled in several ways. */
  readonly spell?: (name: string) => string
}

const lower = (name: string) => name.toLowerCase()

const ecosystems: Readonly<Record<string, Ecosystem>> = {
  Debian: { order: compareDpkg },
  Ubuntu: { order: compareDpkg },
  Alpine: { order: compareApk },
  Wolfi: { order: compareApk },
  Chainguard: { order: compareApk },
  'Red Hat': { order: compareRpm },
  'Rocky Linux': { order: compareRpm },
  AlmaLinux: { order: compareRpm },
  npm: { order: compareSemver },
  Go: { order: compareSemver },
  'crates.io': { order: compareSemver },
  NuGet: { order: compareSemver, spell: lower },
  Hex: { order: compareSemver },
  Pub: { order: compareSemver },
  Maven: { order: compareMaven },
  PyPI: { order: comparePep440, spell: (name) => lower(name).replace(/[-_.]+/g, '-') },
  RubyGems: { order: compareGem },
}

/** The ecosystem without its release: `Debian` of `Debian:12`. */
export function familyOf(ecosystem: string): string {
  return ecosystem.split(':', 1)[0]!
}

/** Whether packages can be held against advisories of an ecosystem. */
export function isKnownEcosystem(ecosystem: string): boolean {
  return Object.hasOwn(ecosystems, familyOf(ecosystem))
}

const orders: Readonly<Record<string, VersionOrder>> = {
  apk: compareApk,
  rpm: compareRpm,
  pypi: comparePep440,
  maven: compareMaven,
  gem: compareGem,
  ...Object.fromEntries(
    ['npm', 'golang', 'cargo', 'nuget', 'hex', 'pub', 'composer', 'conan', 'swift'].map((type) => [
      type,
      compareSemver,
    ]),
  ),
}

/** How versions of a package are ordered, by the type that its package URL begins with; as Debian's where it has none. */
export function orderOfPurl(purl: string): VersionOrder {
  const type = /^pkg:([a-z.+-]+)\//i.exec(purl)?.[1]?.toLowerCase() ?? ''
  return (Object.hasOwn(orders, type) && orders[type]) || compareDpkg
}

/** How versions of an ecosystem are ordered; as Debian's where nothing is known of it, which makes sense of most. */
export function orderOf(ecosystem: string): VersionOrder {
  return known(ecosystem)?.order ?? compareDpkg
}

export function spelled(ecosystem: string, name: string): string {
  return known(ecosystem)?.spell?.(name) ?? name
}

/**
 * One release of an ecosystem, by the one name under which packages and advisories meet: `Ubuntu:22.04:LTS` is `Ubuntu:22.04`, and
 * `Red Hat:enterprise_linux:9::baseos` is `Red Hat:9`.
 */
export function streamOf(ecosystem: string): string {
  const ubuntu = /^Ubuntu:(\d+\.\d+)(?::LTS)?$/.exec(ecosystem)?.[1]
  if (ubuntu) return `Ubuntu:${ubuntu}`
  const redHat = /^Red Hat:enterprise_linux:(\d+)(?::|$)/.exec(ecosystem)?.[1]
  return redHat ? `Red Hat:${redHat}` : ecosystem
}

function known(ecosystem: string): Ecosystem | undefined {
  const family = familyOf(ecosystem)
  return Object.hasOwn(ecosystems, family) ? ecosystems[family] : undefined
}
