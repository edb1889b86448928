import type { GoTarget, PluginDescription } from '@ingot/plugin-rpc'
import { InstallError } from './install-error.ts'

/**
 * The name by which Packer finds out a plugin's version, API and machine; it must agree with the description.
 * @throws InstallError `version` for a version that Packer does not install.
 */
export function pluginFileName(
  name: string,
  { version, apiVersion }: Pick<PluginDescription, 'version' | 'apiVersion'>,
  target: GoTarget,
): string {
  if (!/^\d+\.\d+\.\d+(-dev)?(\+[0-9A-Za-z.-]+)?$/.test(version)) {
    throw new InstallError(
      'version',
      `The plugin says that its version is "${version}"; Packer installs "1.2.3" or "1.2.3-dev" only`,
    )
  }
  const machine = `${target.os}_${target.arch}`
  const extension = target.os === 'windows' ? '.exe' : ''
  return `packer-plugin-${name}_v${version.replace(/\+.*/, '')}_${apiVersion}_${machine}${extension}`
}
