import { absent, exhausted, invalid, refuse, shown } from './refusal-kind.ts'

type Field = { field: string }
type Limited = Field & { limit: number }

/** What a request looks like. */
export const requestRefusals = {
  'request.malformed': refuse<{ problem: string }>(
    invalid,
    (p) => `The request could not be read: ${shown(p.problem)}.`,
  ),
  'request.too-large': refuse<{ limit: number }>(
    invalid,
    (p) => `The request body is larger than ${p.limit} bytes. Send less at once.`,
    { http: 413 },
  ),
  'request.too-many': refuse<{ seconds: number }>(
    exhausted,
    (p) => `Too many requests. Try again in ${p.seconds} s.`,
  ),
  'route.unserved': refuse<{ method: string; path: string }>(
    12,
    (p) => `${shown(p.method)} ${shown(p.path)} is not served by this registry.`,
  ),
  'route.wrong-method': refuse<{ method: string; path: string; allowed: readonly string[] }>(
    12,
    (p) => `${shown(p.method)} is not served at ${shown(p.path)}. Use ${p.allowed.join(' or ')}.`,
    { http: 405 },
  ),
  'route.absent': refuse<{ path: string }>(
    absent,
    (p) =>
      `Nothing is served at ${shown(p.path)}. Set HCP_API_ADDRESS to host and port of this registry, without a path.`,
  ),
  'server.failed': refuse<{ reference: string }>(
    13,
    (p) => `The registry failed. Its log tells more under the reference ${shown(p.reference)}.`,
  ),
  'server.unavailable': refuse<{ problem: string }>(
    14,
    (p) => `The registry cannot do this now: ${shown(p.problem)}`,
  ),

  'name.malformed': refuse<Field & { value: string; rule: string }>(
    invalid,
    (p) => `${p.field} is ${JSON.stringify(shown(p.value))}. It must be ${p.rule}.`,
  ),
  'text.too-long': refuse<Limited>(
    invalid,
    (p) => `${p.field} is longer than ${p.limit} characters. Shorten it.`,
  ),
  'text.unprintable': refuse<Field>(
    invalid,
    (p) => `${p.field} holds a NUL or half a surrogate pair, which no text may. Remove it.`,
  ),
  'list.too-long': refuse<Limited>(
    invalid,
    (p) => `${p.field} has more than ${p.limit} entries. Send fewer.`,
  ),
  'json.too-large': refuse<Limited>(
    invalid,
    (p) => `${p.field} takes more than ${p.limit} bytes as JSON. Send less.`,
  ),
  'json.too-deep': refuse<Limited>(
    invalid,
    (p) => `${p.field} is nested deeper than ${p.limit} levels. Flatten it.`,
  ),

  'page.size': refuse<{ value: string; limit: number }>(
    invalid,
    (p) =>
      `pagination.page_size is ${JSON.stringify(shown(p.value))}. It must be a whole number; more than ${p.limit} is taken for ${p.limit}.`,
  ),
  'page.token': refuse<Record<never, never>>(
    invalid,
    () => 'The page token does not belong to this list. Start again without a token.',
  ),
  'page.two-tokens': refuse<Record<never, never>>(
    invalid,
    () =>
      'pagination.next_page_token and pagination.previous_page_token exclude each other. Send one of them.',
  ),
  'sort.unknown': refuse<{ value: string; columns: readonly string[] }>(
    invalid,
    (p) =>
      `sorting.order_by is ${JSON.stringify(shown(p.value))}. Sort by ${p.columns.join(', ')}, each with asc or desc after it.`,
  ),
} as const
