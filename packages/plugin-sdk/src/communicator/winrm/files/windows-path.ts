/** A path as Windows writes it: either slash is one, and several are one, but for those that begin a share. */
export function windowsPath(path: string): string {
  const [, start = '', rest = ''] = /^([/\\]{2}(?=[^/\\]))?(.*)$/s.exec(path)!
  return start.replaceAll('/', '\\') + rest.replace(/[/\\]+/g, '\\')
}

/** Whether a path says by its end that it is a directory. */
export function isDirectoryPath(path: string): boolean {
  return /[/\\]$/.test(path)
}

/** A path in a directory. */
export function joinWindows(directory: string, ...names: readonly string[]): string {
  const begin = windowsPath(directory)
  const rest = windowsPath(names.join('\\'))
  // After a drive's colon there is a difference: `C:x` is where the shell is on that drive.
  return begin === '' || begin.endsWith('\\') ? begin + rest : `${begin}\\${rest}`
}

/** The last part of a path; empty for a drive, a share and what ends in dots. */
export function windowsName(path: string): string {
  const whole = windowsPath(path).replace(/\\$/, '')
  if (/^\\\\[^\\]*(\\[^\\]*)?$/.test(whole)) return ''
  const name = whole.slice(whole.lastIndexOf('\\') + 1)
  return /^(\.{1,2}|[A-Za-z]:|~|%[^%]*%)$/.test(name) ? '' : name.replace(/^[A-Za-z]:/, '')
}

/**
 * The parts of a path that a machine says is below a directory; undefined when it leads out of it, or could be taken
 * for something else here.
 */
export function partsBelow(path: string): string[] | undefined {
  const parts = path.split('\\')
  const isPlain = (part: string) => part !== '' && part !== '.' && part !== '..' && !/[/:\0]/.test(part)
  return parts.every(isPlain) ? parts : undefined
}
