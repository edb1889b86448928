/** A plugin's version as in its file name: three numbers and perhaps a pre-release. */
export interface PluginVersion {
  readonly numbers: readonly [number, number, number]
  /** `dev` of `1.2.0-dev`; empty for a release. */
  readonly preRelease: string
}

const form =
  /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-([0-9A-Za-z.-]{1,64}))?(\+[0-9A-Za-z.-]{1,64})?$/

/** Reads `1.2.3`, `1.2.3-dev`; build metadata (`+…`) is allowed and dropped. Undefined when it is no version. */
export function parseVersion(text: string): PluginVersion | undefined {
  const match = form.exec(text)
  if (!match) return undefined
  return { numbers: [Number(match[1]), Number(match[2]), Number(match[3])], preRelease: match[4] ?? '' }
}

/** Canonical text, without a leading `v`. */
export function versionText(version: PluginVersion): string {
  return version.numbers.join('.') + (version.preRelease ? `-${version.preRelease}` : '')
}

/** Orders like semantic versioning: a pre-release comes before its release. */
export function compareVersions(a: PluginVersion, b: PluginVersion): number {
  return compareNumbers(a.numbers, b.numbers) || comparePreReleases(a.preRelease, b.preRelease)
}

export function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let place = 0; place < 3; place++) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function comparePreReleases(a: string, b: string): number {
  if (a === b) return 0
  if (a === '') return 1
  if (b === '') return -1
  const left = a.split('.')
  const right = b.split('.')
  for (let place = 0; place < Math.max(left.length, right.length); place++) {
    const difference = compareIdentifiers(left[place], right[place])
    if (difference !== 0) return difference
  }
  return 0
}

function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  if (a === undefined) return -1
  if (b === undefined) return 1
  const numbers = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (numbers[0] && numbers[1]) return Number(a) - Number(b)
  if (numbers[0] !== numbers[1]) return numbers[0] ? -1 : 1
  return a < b ? -1 : 1
}
