import type { VersionOrder } from './version-order/order.ts'

/** Something that happened to the versions of a package, in the order of its versions. */
export type RangeEvent = readonly [kind: 'introduced' | 'fixed' | 'last_affected' | 'limit', version: string]

/** Which versions an advisory means. */
export interface AffectedVersions {
  readonly ranges: readonly (readonly RangeEvent[])[]
  /** Versions that are named one by one. */
  readonly versions: readonly string[]
}

/** That a version is meant, and the first version after it that is not; empty when none is known. */
export interface Hit {
  readonly fixedVersion: string
}

/** Whether a version is meant, as https://ossf.github.io/osv-schema/#evaluation says. */
export function hitBy(
  version: string,
  { ranges, versions }: AffectedVersions,
  order: VersionOrder,
): Hit | undefined {
  const inside = ranges.filter((events) => isInside(version, events, order))
  if (inside.length === 0 && !versions.includes(version)) return undefined
  const fixes = (inside.length > 0 ? inside : ranges)
    .flatMap((events) => events.filter(([kind]) => kind === 'fixed').map(([, fixed]) => fixed))
    .filter((fixed) => order(fixed, version) > 0)
    .sort(order)
  return { fixedVersion: fixes[0] ?? '' }
}

function isInside(version: string, events: readonly RangeEvent[], order: VersionOrder): boolean {
  const limits = events.filter(([kind]) => kind === 'limit')
  if (limits.length > 0 && !limits.some(([, limit]) => limit === '*' || order(version, limit) < 0))
    return false
  let inside = false
  for (const [kind, at] of sorted(events, order)) {
    const passed = at === '0' && kind === 'introduced' ? 1 : order(version, at)
    if (kind === 'introduced' && passed >= 0) inside = true
    if (kind === 'fixed' && passed >= 0) inside = false
    if (kind === 'last_affected' && passed > 0) inside = false
  }
  return inside
}

/** By version; `0` comes before all, and of one version what begins before what ends. */
function sorted(events: readonly RangeEvent[], order: VersionOrder): readonly RangeEvent[] {
  const first = ([kind, at]: RangeEvent) => kind === 'introduced' && at === '0'
  return [...events].sort(
    (a, b) =>
      Number(first(b)) - Number(first(a)) ||
      order(a[1], b[1]) ||
      Number(b[0] === 'introduced') - Number(a[0] === 'introduced'),
  )
}
