/** The operating system and processor of a `packer`, in Go's names. */
export interface Target {
  /** `linux`, `darwin`, `windows`, … */
  readonly os: string
  /** `amd64`, `arm64`, … */
  readonly arch: string
}

const systems: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' }
const processors: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: '386',
  ppc64: 'ppc64le',
  mipsel: 'mipsle',
}

/** Those of this machine, by Node's names. */
export function thisTarget(os: string = process.platform, arch: string = process.arch): Target {
  return { os: systems[os] ?? os, arch: processors[arch] ?? arch }
}
