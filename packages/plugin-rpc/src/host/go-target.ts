/** The operating system and processor of a `packer`, in Go's names, as plugin file names carry them. */
export interface GoTarget {
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

/** Translates Node's names; this machine's unless told. */
export function goTarget(os: string = process.platform, arch: string = process.arch): GoTarget {
  return { os: systems[os] ?? os, arch: processors[arch] ?? arch }
}
