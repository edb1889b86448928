import { ClientError } from './client-error.ts'

/** Query parameters by name; a list repeats its name. */
export type QueryValues = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * Puts parameters into an operation's path, percent-encoded, and the query behind it.
 *
 * @throws ClientError `misconfigured` for a parameter that no path can hold
 */
export function addressOf(
  path: string,
  params: Readonly<Record<string, string>>,
  query: QueryValues = {},
): string {
  const filled = path.replace(/:([a-z_]+)/g, (_, name: string) => segment(name, params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const each of value === undefined ? [] : [value].flat()) search.append(name, each)
  }
  return search.size === 0 ? filled : `${filled}?${search}`
}

/** Addresses drop `.` and `..` before they are sent, so a call with one of them would be another call. */
function segment(name: string, value: string): string {
  if (value !== '' && value !== '.' && value !== '..' && value.isWellFormed())
    return encodeURIComponent(value)
  throw new ClientError('misconfigured', `"${value}" cannot be a ${name.replaceAll('_', ' ')}.`, {
    remedy: 'Give the name of an existing one.',
  })
}
