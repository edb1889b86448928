/** Parts of packer's version. */
export type PackerVersion = readonly [major: number, minor: number, patch: number]

/** The version of packer that a client names itself (`packer/1.16.0 …`); undefined when it is none, or does not say. */
export function packerVersion(sourceChannel: string): PackerVersion | undefined {
  const [, major, minor, patch] = /^packer\/(\d{1,9})\.(\d{1,9})\.(\d{1,9})/.exec(sourceChannel) ?? []
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)]
}

export function isBefore(version: PackerVersion, other: PackerVersion): boolean {
  const place = version.findIndex((part, index) => part !== other[index])
  return place >= 0 && version[place]! < other[place]!
}

/** Whether a client asks for all projects, whatever project it was told: so does packer before 1.9.1. */
export function listsProjectsAlways(sourceChannel: string): boolean {
  const packer = packerVersion(sourceChannel)
  return packer !== undefined && isBefore(packer, [1, 9, 1])
}
