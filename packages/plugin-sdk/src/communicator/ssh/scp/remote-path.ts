/** A path on the machine, taken apart. */
export interface RemotePath {
  readonly directory: string
  readonly name: string
}

const WINDOWS = /^[A-Za-z]:[\\/]/

/** Takes a path apart; a slash at its end does not count. */
export function takeApart(path: string): RemotePath {
  const plain = WINDOWS.test(path) ? path.replaceAll('\\', '/') : path
  const [, directory = '', name = ''] = /^(.*\/)?([^/]*)$/.exec(plain.replace(/(?<=.)\/+$/, '')) ?? []
  return { directory: directory.replace(/(?<=[^:/])\/+$/, '') || '.', name }
}

/** A path as an argument for the machine's shell; a `~` at its beginning stays what it is. */
export function quoted(path: string): string {
  const plain = WINDOWS.test(path) ? path.replaceAll('\\', '/') : path.replace(/^-/, './-')
  if (/^[\w@%+=:,./~-]+$/.test(plain)) return plain
  if (WINDOWS.test(plain)) return `"${plain.replaceAll('"', '')}"`
  const [, home = '', rest = ''] = /^(~[\w.-]*\/)?([\s\S]*)$/.exec(plain) ?? []
  return `${home}'${rest.replaceAll("'", `'\\''`)}'`
}
