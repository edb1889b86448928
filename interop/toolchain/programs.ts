import { join } from 'node:path'

/** A Go program of this suite: a module in this folder, built into the cache. */
export interface Program {
  readonly name: string
  /** Where its go.mod lies. */
  readonly module: string
  /** The package to build, as the module names it. */
  readonly main: string
  /** The file that takes the place of its go.mod, where one program is built of two sets of modules. */
  readonly modFile?: string
  /** What the build writes. */
  readonly binary: string
}

/** The releases of HashiCorp's packer that speak the registry's interface of 2023-01-01, newest first. */
export const packerVersions = ['1.16.0', '1.15.4', '1.12.0', '1.11.2'] as const

/** Those that speak the one of 2021-04-30. */
export const olderPackerVersions = ['1.9.4', '1.8.7', '1.7.10'] as const

/** All that Ingot is tried with. */
export const everyPackerVersion = [...packerVersions, ...olderPackerVersions] as const
export type PackerVersion = (typeof everyPackerVersion)[number]

const interop = join(import.meta.dirname, '..')
const cache = join(interop, '.cache')

export function packerProgram(version: PackerVersion): Program {
  return {
    name: `packer ${version}`,
    module: join(interop, 'packer', version),
    main: 'github.com/hashicorp/packer',
    binary: join(cache, 'packer', version, 'packer'),
  }
}

/** A plugin written in Go that does what the example plugin in TypeScript does. */
export const goTwin: Program = ownProgram('go-twin', 'packer-plugin-twin')

/** A plugin written in Go with a component of each kind, of which `ts-lab` is the likeness in TypeScript. */
export const goLab: Program = ownProgram('go-lab', 'packer-plugin-lab')

/** Go's own plugin client, driving any plugin and printing what it saw. */
export const goHost: Program = ownProgram('go-host', 'go-host')

/** The releases of HashiCorp's hcp-sdk-go whose generated clients call every operation: Terraform's and packer's newest. */
export const hcpSdkVersions = ['0.175.0', '0.174.0'] as const
export type HcpSdkVersion = (typeof hcpSdkVersions)[number]

export function hcpClientProgram(version: HcpSdkVersion): Program {
  const program = ownProgram('hcp-client', `hcp-client-${version}`)
  const isFirst = version === hcpSdkVersions[0]
  return {
    ...program,
    name: `hcp-client with hcp-sdk-go ${version}`,
    ...(isFirst ? {} : { modFile: `sdk-${version}.mod` }),
  }
}

export const allPrograms: readonly Program[] = [
  ...everyPackerVersion.map(packerProgram),
  goTwin,
  goLab,
  goHost,
  ...hcpSdkVersions.map(hcpClientProgram),
]

function ownProgram(folder: string, binary: string): Program {
  return { name: folder, module: join(interop, folder), main: '.', binary: join(cache, folder, binary) }
}
