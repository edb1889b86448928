/** What can be wrong: a closed set, for code that decides by kind of failure. */
export type CtyErrorCode =
  | 'bad-json'
  | 'bad-number'
  | 'bad-type'
  | 'wrong-type'
  | 'wrong-length'
  | 'missing-attribute'
  | 'unexpected-attribute'
  | 'not-known'
  | 'no-common-type'
  | 'too-deep'
  | 'too-large'

/** The way from the outermost value to the one meant: attribute names and map keys as strings, indices as numbers. */
export type Path = readonly (string | number)[]

/** A type or value that is not what it should be; `path` says where, the message says what to do. */
export class CtyError extends Error {
  readonly code: CtyErrorCode
  readonly path: Path
  /** The message without the path in front. */
  readonly reason: string

  constructor(code: CtyErrorCode, reason: string, path: Path = []) {
    super(path.length > 0 ? `${showPath(path)}: ${reason}` : reason)
    this.name = 'CtyError'
    this.code = code
    this.path = path
    this.reason = reason
  }
}

/**
 * Prints a path as HCL writes it: `disks[0].size`, `tags["cost center"]`. Long steps are cut.
 *
 * @example
 * showPath(['disks', 0, 'size']) // → 'disks[0].size'
 */
export function showPath(path: Path): string {
  return path.map(showStep).join('').replace(/^\./, '')
}

function showStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`
  if (/^[A-Za-z_][\w-]{0,63}$/.test(step)) return `.${step}`
  return `[${JSON.stringify(excerpt(step))}]`
}

/** The start of a text that came from elsewhere, short enough for a message. */
export function excerpt(text: string, length = 64): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
