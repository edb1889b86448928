import { basename, resolve } from 'node:path'
import { CreateError } from './create-error.ts'

const form = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Names of HashiCorp's own plugins: from 1.14 on `packer init` asks its releases first, whoever the owner is. */
const taken = [
  'alicloud',
  'amazon',
  'ansible',
  'azure',
  'chef',
  'converge',
  'docker',
  'external',
  'googlecompute',
  'hyperv',
  'ibmcloud',
  'lxc',
  'lxd',
  'oracle',
  'parallels',
  'proxmox',
  'puppet',
  'qemu',
  'salt',
  'tencentcloud',
  'vagrant',
  'virtualbox',
  'vmware',
  'vsphere',
]

/** The name of a plugin that is made in a folder: without what Packer puts before it. */
export function nameOfFolder(folder: string): string {
  return basename(resolve(folder)).replace(/^packer-plugin-/, '')
}

/**
 * Packer's rules for the NAME of `packer-plugin-NAME`.
 * @throws CreateError `name` with a name that would do.
 */
export function checkName(name: string): void {
  if (!form.test(name)) throw refused(name, 'a name has lower case letters, digits and single dashes')
  if (name.startsWith('packer-')) throw refused(name, 'leave out what Packer puts before it')
  if (!taken.includes(name)) return
  throw refused(
    name,
    `HashiCorp releases a plugin "${name}", which "packer init" would install`,
    `my-${name}`,
  )
}

/** @throws CreateError `owner` for what cannot be a user or an organization of GitHub. */
export function checkOwner(owner: string): void {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/i.test(owner) && owner.length <= 39) return
  throw new CreateError('owner', `"${owner}" cannot be an owner on GitHub: letters, digits and single dashes`)
}

function refused(name: string, why: string, better = suggestion(name)): CreateError {
  return new CreateError('name', `"${name}" cannot be a plugin's name: ${why}; "${better}" would do.`)
}

function suggestion(name: string): string {
  const words =
    name
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  const own = words.join('-').replace(/^packer-(plugin-)?/, '')
  return own === '' || own === 'packer' || own === 'packer-plugin' ? 'happy-cloud' : own
}
