/** The machine in Go's words, as plugin file names carry it. */
export interface Target {
  readonly os: string
  readonly arch: string
}

const operatingSystems: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' }
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' }

/** Translates Node's names (`process.platform`, `process.arch`) into Go's. */
export function targetOf(platform: string, arch: string): Target {
  return { os: operatingSystems[platform] ?? platform, arch: architectures[arch] ?? arch }
}
