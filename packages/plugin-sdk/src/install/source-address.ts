import { InstallError } from './install-error.ts'

/** How many parts Packer allows in a source. */
const MOST_PARTS = 16

/**
 * The parts of a plugin's source as in `required_plugins`: host, any folders, name.
 * @throws InstallError `source` where Packer would not take it.
 */
export function sourceParts(source: string): readonly [string, ...string[]] {
  const parts = source.split('/')
  const refused = reason(source, parts)
  if (refused) throw new InstallError('source', `"${source}" cannot be a plugin's source: ${refused}`)
  return parts as [string, ...string[]]
}

/**
 * Packer calls an installed plugin by the last part of its source: for its own author that is the plugin's name.
 * @throws InstallError `name` where it is not.
 */
export function checkSourceName(source: string, name: string): void {
  const last = sourceParts(source).at(-1)
  if (last === name) return
  const remedy = `end it in "${name}", or change the name in definePlugin`
  throw new InstallError(
    'name',
    `The source ${source} ends in "${last}", but the plugin is called "${name}": ${remedy}`,
  )
}

function reason(source: string, parts: readonly string[]): string | undefined {
  if (/^[a-z]+:\/\//i.test(source)) return 'leave out the scheme, as in "github.com/acme/tarball"'
  if (!/^[\w./-]*$/.test(source)) return 'it has a character that Packer does not take there'
  if (parts.length < 3) return 'write it as in "github.com/acme/tarball"'
  if (parts.length > MOST_PARTS) return `it has more than ${MOST_PARTS} parts`
  if (parts.some((part) => part === '')) return 'it has an empty part between, before or after its slashes'
  if (parts.some((part) => /^\.+$/.test(part))) return `"." and ".." are no names`
  return nameReason(parts.at(-1)!)
}

function nameReason(name: string): string | undefined {
  if (name.startsWith('packer-'))
    return `leave out what Packer adds: it ends in "${name.replace(/^packer-(plugin-)?/, '')}"`
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    return 'its last part has lower case letters, digits and single dashes'
}
