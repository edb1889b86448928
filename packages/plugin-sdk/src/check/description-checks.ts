import type { PluginDescription } from '@ingot/plugin-rpc'
import { bad, good, type PluginFinding } from './plugin-finding.ts'

/** What HashiCorp's own check asks of a description, and that Packer installs the version. */
export function checkDescription(description: PluginDescription): readonly PluginFinding[] {
  const { sdkVersion, apiVersion } = description
  return [
    versionFinding(description.version),
    sdkVersion === ''
      ? bad('SDK version', 'empty', 'name the SDK that the plugin is written with, as sdk_version')
      : good('SDK version', sdkVersion),
    good('API version', apiVersion),
    componentsFinding(description),
  ]
}

const semver = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/

function versionFinding(version: string): PluginFinding {
  const [, , , , prerelease] = semver.exec(version) ?? []
  if (!semver.test(version)) return bad('version', `"${version}"`, 'write it as in "1.2.3"')
  if (prerelease && prerelease !== '-dev')
    return bad('version', version, 'the only pre-release that Packer installs is "-dev"')
  return good('version', version)
}

function componentsFinding(description: PluginDescription): PluginFinding {
  const { builders, provisioners, postProcessors, datasources } = description
  const counts = [
    counted(builders, 'builder'),
    counted(provisioners, 'provisioner'),
    counted(postProcessors, 'post-processor'),
    counted(datasources, 'data source'),
  ].filter((text) => text !== undefined)
  if (counts.length > 0) return good('components', counts.join(', '))
  return bad('components', 'none', 'give the plugin one, such as a builder')
}

function counted({ length }: readonly string[], noun: string): string | undefined {
  if (length > 0) return `${length} ${noun}${length === 1 ? '' : 's'}`
}
