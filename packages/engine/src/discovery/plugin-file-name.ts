import type { GoTarget } from '@ingot/plugin-rpc'
import { type PluginVersion, parseVersion, versionText } from './plugin-version.ts'

/** What an installed plugin's file name says. */
export interface PluginFileName {
  readonly name: string
  readonly version: PluginVersion
  /** `x5.0` */
  readonly api: string
}

/** Only this major version of the plugin API is spoken, up to this minor version. */
const API = { major: 5, minor: 0 } as const

const form = /^packer-plugin-([^_]+)_v([^_]+)_(x\d{1,4}\.\d{1,4})_([a-z0-9]+)_([a-z0-9]+)(\.exe)?$/

/**
 * Reads `packer-plugin-NAME_vX.Y.Z[-pre]_xA.B_OS_ARCH[.exe]` by the rules of packer 1.11 and later.
 * Answers with a sentence that says why when the name is not to be used on this machine.
 */
export function readPluginFileName(fileName: string, target: GoTarget): PluginFileName | string {
  const match = form.exec(fileName)
  if (!match) {
    return `its name is not of the form packer-plugin-NAME_vX.Y.Z_x${API.major}.${API.minor}_${target.os}_${target.arch}`
  }
  const [, name = '', versionPart = '', api = '', os = '', arch = '', extension] = match
  if (os !== target.os || arch !== target.arch) {
    return `it is made for ${os}_${arch}, this machine is ${target.os}_${target.arch}`
  }
  if ((extension !== undefined) !== (target.os === 'windows')) return 'only plugins for Windows end in .exe'
  const version = parseVersion(versionPart)
  if (!version || versionText(version) !== versionPart) {
    return `"${versionPart}" is not a plain version such as 1.2.3 or 1.2.3-dev`
  }
  return refuseApi(api) ?? { name, version, api }
}

function refuseApi(api: string): string | undefined {
  const [major = Number.NaN, minor = Number.NaN] = api.slice(1).split('.').map(Number)
  if (major === API.major && minor <= API.minor) return undefined
  return `it speaks plugin API ${api}, this engine speaks x${API.major}.${API.minor}`
}
