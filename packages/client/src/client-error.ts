/** Why a call had no good answer. */
export type ClientErrorKind =
  | 'refused'
  | 'unauthorized'
  | 'unreachable'
  | 'untrusted-certificate'
  | 'timeout'
  | 'bad-answer'
  | 'aborted'
  | 'misconfigured'

/** What the registry said when it refused a call. */
export interface Refusal {
  /** gRPC code of the error envelope, for example 5 for "not found"; 2 where the answer had no envelope. */
  readonly grpc: number
  readonly http: number
  readonly message: string
  /** What there is to know beside the message, for programs; for most refusals nothing. */
  readonly details: readonly unknown[]
}

/** The gRPC codes that callers tell apart. */
export const GRPC = {
  invalidArgument: 3,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  failedPrecondition: 9,
  aborted: 10,
  unimplemented: 12,
} as const

/**
 * A call that has no good answer. `kind` is for programs, `message` with its remedy for people; `refusal` is there
 * for the kind `refused`.
 */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  readonly kind: ClientErrorKind
  /** What to do about it, one sentence. */
  readonly remedy: string
  readonly refusal: Refusal | undefined
  /** Milliseconds that the registry asked to wait before the next try. */
  readonly retryAfterMs: number | undefined

  constructor(kind: ClientErrorKind, what: string, more: ClientErrorDetails) {
    super(`${what} ${more.remedy}`.trim(), more.cause === undefined ? undefined : { cause: more.cause })
    this.kind = kind
    this.remedy = more.remedy
    this.refusal = more.refusal
    this.retryAfterMs = more.retryAfterMs
  }

  /** Whether this is the registry's refusal with that gRPC code. */
  refusedWith(grpc: number): boolean {
    return this.refusal?.grpc === grpc
  }

  /** Whether the same call may well succeed later: the registry is away or overloaded. */
  get transient(): boolean {
    if (this.kind === 'unreachable' || this.kind === 'timeout') return true
    return this.refusal !== undefined && isTransientStatus(this.refusal.http)
  }
}

export interface ClientErrorDetails {
  readonly remedy: string
  readonly refusal?: Refusal
  readonly retryAfterMs?: number | undefined
  readonly cause?: unknown
}

const transientStatuses: readonly number[] = [429, 502, 503, 504]

function isTransientStatus(http: number): boolean {
  return transientStatuses.includes(http)
}
