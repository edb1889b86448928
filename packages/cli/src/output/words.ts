import pc from 'picocolors'

/** `VERSION_REVOCATION_SCHEDULED` and `BUILD_DONE` as people say them. */
export function statusWord(status: string): string {
  const word = status
    .replace(/^(VERSION|BUILD)_/, '')
    .replaceAll('_', ' ')
    .toLowerCase()
  if (['revoked', 'failed', 'out of date'].includes(word)) return pc.red(word)
  if (['revocation scheduled', 'cancelled', 'silent', 'missing'].includes(word)) return pc.yellow(word)
  return word
}

/** A version as people name it: by its number, or by its fingerprint while it has none. */
export function versionWord({
  name,
  fingerprint,
}: {
  readonly name: string
  readonly fingerprint: string
}): string {
  return name === 'v0' ? fingerprint : name
}

/** `1 channel`, `2 channels`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** A word as a POSIX shell reads it. */
export function shellWord(text: string): string {
  return /^[\w.,:@%+=/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
