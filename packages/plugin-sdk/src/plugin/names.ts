import { DEFAULT_COMPONENT } from '@ingot/plugin-rpc'
import { DefinitionError } from '../errors/definition-error.ts'

const label = /^[a-z0-9]+(-[a-z0-9]+)*$/
const component = /^[a-z0-9]+([-_][a-z0-9]+)*$/
const semver = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/

/** Packer's rule for the NAME of `packer-plugin-NAME`. */
export function checkPluginName(name: string): void {
  const advice = `use lower case letters, digits and single dashes, as in "happy-cloud"`
  if (!label.test(name)) throw new DefinitionError(`"${name}" cannot be a plugin's name: ${advice}`)
  if (!name.startsWith('packer-')) return
  const short = name.replace(/^packer-(plugin-)?/, '')
  throw new DefinitionError(
    `"${name}" cannot be a plugin's name: leave out what Packer adds, and say "${short}"`,
  )
}

/** What templates put behind the plugin's name. */
export function checkComponentName(kind: string, name: string): void {
  if (name === DEFAULT_COMPONENT || component.test(name)) return
  throw new DefinitionError(
    `"${name}" cannot be the name of a ${kind}: use lower case letters, digits, dashes and underscores`,
  )
}

/** A version that Packer installs: `1.2.3` or `1.2.3-dev`. */
export function checkVersion(version: string): void {
  const [, , , , prerelease, metadata] = semver.exec(version) ?? refuse(version, 'write it as in "1.2.3"')
  if (prerelease && prerelease !== '-dev')
    refuse(version, 'the only pre-release that Packer installs is "-dev"')
  if (metadata) refuse(version, `Packer takes none with build metadata: leave out "${metadata}"`)
}

function refuse(version: string, advice: string): never {
  throw new DefinitionError(`"${version}" cannot be a plugin's version: ${advice}`)
}
