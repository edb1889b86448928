/** What a version of packer takes, and what it needs beside. */
export interface PackerNeeds {
  /** Where it reads host and port of the registry. */
  readonly apiVariable: 'HCP_API_HOST' | 'HCP_API_ADDRESS'
  /** Whether it takes a port with no other host than `localhost`. */
  readonly portOnlyLocal: boolean
  /** Whether it heeds organization and project; others publish to the only project that they see. */
  readonly tenancy: boolean
  /** Whether it publishes without a registry block only when it is told to. */
  readonly mustBeTold: boolean
  /** Whether it names a version by the commit of the checkout when nothing else is said. */
  readonly fingerprintFromGit: boolean
}

/** Parts of a version, which compare like the version. */
type Version = readonly [major: number, minor: number, patch: number]

const firstWithRegistry: Version = [1, 7, 7]

/**
 * What packer of a version takes; of `1.7` or `1.8`, what any of its patch releases takes. Undefined when the text is no
 * version, `none` when it cannot publish. Tried with each program, or read from the changes that its authors published.
 */
export function needsOf(text: string): PackerNeeds | 'none' | undefined {
  const [, major, minor, patch] = /^v?(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?$/.exec(text) ?? []
  if (major === undefined || minor === undefined) return undefined
  const lowest: Version = [Number(major), Number(minor), Number(patch ?? 0)]
  const highest: Version = [Number(major), Number(minor), Number(patch ?? Number.POSITIVE_INFINITY)]
  if (isBefore(highest, firstWithRegistry)) return 'none'
  const older = isBefore(lowest, [1, 8, 3])
  return {
    apiVariable: older ? 'HCP_API_HOST' : 'HCP_API_ADDRESS',
    portOnlyLocal: older,
    tenancy: !isBefore(highest, [1, 9, 1]),
    mustBeTold: isBefore(lowest, [1, 8, 4]),
    fingerprintFromGit: isBefore(lowest, [1, 9, 0]),
  }
}

/** What packer takes since 1.9.1, and Terraform's `hcp` provider. */
export const newestNeeds: PackerNeeds = {
  apiVariable: 'HCP_API_ADDRESS',
  portOnlyLocal: false,
  tenancy: true,
  mustBeTold: false,
  fingerprintFromGit: false,
}

function isBefore(version: Version, other: Version): boolean {
  const place = version.findIndex((part, index) => part !== other[index])
  return place >= 0 && version[place]! < other[place]!
}
