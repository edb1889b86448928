import { readRetryAfter } from './backoff.ts'
import { ClientError } from './client-error.ts'
import type { Incoming } from './transport.ts'

const UNKNOWN = 2

/** The error behind an answer whose status is not 200: its envelope is `{"code", "message", "details"}`. */
export function refusedWith(answer: Incoming, now: number): ClientError {
  const { code, message, details } = envelopeOf(answer.body)
  const grpc = Number.isSafeInteger(code) ? (code as number) : UNKNOWN
  const text =
    typeof message === 'string' && message !== '' ? message : `The registry answered HTTP ${answer.status}.`
  return new ClientError(answer.status === 401 ? 'unauthorized' : 'refused', text, {
    remedy: remedyFor(answer.status),
    refusal: {
      ...{ grpc, http: answer.status, message: text },
      details: Array.isArray(details) ? details : [],
    },
    retryAfterMs: readRetryAfter(answer.retryAfter, now),
  })
}

function envelopeOf(body: string): Readonly<Partial<Record<'code' | 'message' | 'details', unknown>>> {
  try {
    return Object(JSON.parse(body))
  } catch {
    return {}
  }
}

/** Messages of the registry hold their own remedy; these are for answers that people cannot act on otherwise. */
function remedyFor(status: number): string {
  if (status === 401)
    return 'Check HCP_CLIENT_ID and HCP_CLIENT_SECRET; for a local registry: eval "$(ingot env)".'
  if (status === 501) return 'The registry does not serve this call; it may be older than this program.'
  if (status === 429 || status === 503) return 'Try again later.'
  if (status >= 500) return "Try again; if it stays so, look in the registry's log."
  return ''
}
