import { InvalidArgumentError } from 'commander'

/** Reads one `NAME=VALUE` of an option that may be repeated. */
export function label(
  value: string,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const at = value.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Give NAME=VALUE, for example team=platform.')
  return { ...before, [value.slice(0, at)]: value.slice(at + 1) }
}
