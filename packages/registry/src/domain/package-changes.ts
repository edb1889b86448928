import type { Package } from './sbom.ts'

/** A package of which other versions are in one place than in the other. */
export interface PackageChange {
  readonly name: string
  /** The package URL without its version; empty when it has none. */
  readonly purl: string
  /** Versions that were there and are not. */
  readonly before: readonly string[]
  /** Versions that are there and were not. */
  readonly after: readonly string[]
}

/** What became of the packages; each list by name. */
export interface PackageChanges {
  readonly added: readonly PackageChange[]
  readonly removed: readonly PackageChange[]
  readonly changed: readonly PackageChange[]
}

/** Compares what bills of materials name: packages are the same when their package URLs are, but for the version. */
export function comparePackages(before: readonly Package[], after: readonly Package[]): PackageChanges {
  const [then, now] = [grouped(before), grouped(after)]
  const changes: { [Kind in keyof PackageChanges]: PackageChange[] } = { added: [], removed: [], changed: [] }
  for (const [key, one] of new Map([...then, ...now])) {
    const [was, is] = [then.get(key)?.versions ?? none, now.get(key)?.versions ?? none]
    const change = {
      ...{ name: one.name, purl: one.purl },
      ...{ before: [...was.difference(is)].sort(), after: [...is.difference(was)].sort() },
    }
    if (change.before.length + change.after.length === 0) continue
    if (!then.has(key)) changes.added.push(change)
    else if (!now.has(key)) changes.removed.push(change)
    else changes.changed.push(change)
  }
  for (const list of Object.values(changes))
    list.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return changes
}

interface Group {
  readonly name: string
  readonly purl: string
  readonly versions: Set<string>
}
const none: ReadonlySet<string> = new Set()

function grouped(packages: readonly Package[]): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const { name, version, purl } of packages) {
    const bare = withoutVersion(purl)
    const key = bare || `\n${name}`
    const group = groups.get(key) ?? { name, purl: bare, versions: new Set<string>() }
    group.versions.add(version)
    groups.set(key, group)
  }
  return groups
}

/** Type, namespace, name, and what the package was built for. Cut out, because a package URL takes long to read. */
function withoutVersion(purl: string): string {
  const bare = purl.replace(/[?#].*$/s, '')
  const at = bare.indexOf('@', bare.lastIndexOf('/'))
  const arch = /[?&]arch=([^&#]*)/.exec(purl)?.[1]
  return `${at < 0 ? bare : bare.slice(0, at)}${arch ? `?arch=${arch}` : ''}`
}
