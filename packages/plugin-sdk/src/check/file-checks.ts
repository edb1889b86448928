import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { PluginDescription } from '@ingot/plugin-rpc'
import { bad, good, type PluginFinding } from './plugin-finding.ts'

/** `packer-plugin-NAME`, as HashiCorp asks of every plugin; installed, with version, API and machine behind it. */
const NAME = /^packer-plugin-([^_]+)(?:_v(.+)_(x\d+\.\d+)_([^_]+)_([^_]+?))?(?:\.exe)?$/

const label = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Whether Packer finds the file by its name. */
export function checkName(file: string): PluginFinding {
  const name = basename(file)
  const [, plugin] = NAME.exec(name) ?? []
  if (plugin === undefined)
    return bad('name', name, 'call the file packer-plugin-NAME, or packer-plugin-NAME_vVERSION_xAPI_OS_ARCH')
  if (!label.test(plugin))
    return bad('name', name, `for "${plugin}" use lower case letters, digits and single dashes`)
  return good('name', name)
}

/** Whether an installed file's name says what the plugin says: Packer passes over a file of which that is not so. */
export function checkNamedVersion(file: string, description: PluginDescription): PluginFinding | undefined {
  const [, , version, api] = NAME.exec(basename(file)) ?? []
  if (version === undefined) return
  const said = `v${description.version.replace(/\+.*/, '')}_${description.apiVersion}`
  const seen = `named v${version}_${api}, describes itself as ${said}`
  if (said === `v${version}_${api}`) return good('named version', seen)
  return bad('named version', seen, 'install the plugin again, with "ingot plugin install"')
}

/** Whether the checksum beside an installed file is its own: without, Packer passes over the file. */
export async function checkSum(file: string): Promise<PluginFinding | undefined> {
  const written = await readFile(`${file}_SHA256SUM`, 'utf8').catch(() => undefined)
  if (written === undefined) return
  const sum = createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
  if (written.slice(0, 64).toLowerCase() === sum) return good('checksum', sum)
  return bad('checksum', `${basename(file)} is not what its _SHA256SUM is of`, 'install the plugin again')
}
