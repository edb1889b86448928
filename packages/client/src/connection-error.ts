import { givenUp } from './abortable.ts'
import { ClientError } from './client-error.ts'

interface Circumstances {
  readonly url: URL
  readonly timeoutMs: number
  readonly aborted: boolean
}

/** Turns what Node or undici threw into an error that says what to do. */
export function connectionError(cause: unknown, { url, timeoutMs, aborted }: Circumstances): ClientError {
  const code = codeOf(cause)
  if (aborted) return givenUp(cause)
  if (isTimeout(cause, code)) {
    return new ClientError('timeout', `${url.origin} did not answer within ${timeoutMs / 1000} s.`, {
      remedy: 'Check that the registry is up and not overloaded, or allow more time.',
      cause,
    })
  }
  if (isUntrusted(code)) return untrusted(cause, code, url)
  return new ClientError('unreachable', `${url.origin} cannot be reached: ${textOf(cause)}.`, {
    remedy: unreachableRemedy(code),
    cause,
  })
}

/** Whether nothing of the request can have arrived, so that even a call with effects may be sent again. */
export function neverArrived(error: ClientError): boolean {
  if (error.kind !== 'unreachable') return false
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(
    codeOf(error.cause),
  )
}

function isTimeout(cause: unknown, code: string): boolean {
  return (cause as Error).name === 'TimeoutError' || /^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/.test(code)
}

const untrustedCodes = [
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]

function isUntrusted(code: string): boolean {
  return untrustedCodes.includes(code)
}

function untrusted(cause: unknown, code: string, url: URL): ClientError {
  return new ClientError(
    'untrusted-certificate',
    `The certificate of ${url.origin} is not trusted (${code}).`,
    {
      remedy: untrustedRemedy(code, url),
      cause,
    },
  )
}

function untrustedRemedy(code: string, url: URL): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `It is made for other names than ${url.hostname}: use one of those, or make a certificate for this name.`
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return "Check this machine's clock; if it is right, the registry needs a new certificate."
  }
  return 'Set SSL_CERT_FILE to a bundle with the authority that signed it; "ingot env" prints the line for a local registry.'
}

function unreachableRemedy(code: string): string {
  if (code === 'ECONNREFUSED')
    return 'Start the registry ("ingot serve"), or correct HCP_API_ADDRESS and HCP_AUTH_URL.'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return 'Check the host name in HCP_API_ADDRESS and HCP_AUTH_URL.'
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    return 'It does not speak TLS: check the port, or set HCP_API_TLS=disabled for plain http.'
  }
  return 'Check the network and that the registry is up.'
}

function textOf(cause: unknown): string {
  const first = cause instanceof AggregateError ? cause.errors[0] : cause
  const text = first instanceof Error ? first.message : String(first)
  return text.replace(/[.\s]+$/, '')
}

/** The code of the error or of the one behind it; Node joins the errors of several addresses in one. */
function codeOf(cause: unknown): string {
  for (let error = cause, depth = 0; error && depth < 5; depth++) {
    const { code, errors, cause: deeper } = error as { code?: unknown; errors?: unknown[]; cause?: unknown }
    if (typeof code === 'string') return code
    error = errors?.[0] ?? deeper
  }
  return ''
}
