/** The HTTP status that goes with each gRPC code, as grpc-gateway maps them. */
const httpStatus = {
  3: 400,
  5: 404,
  6: 409,
  7: 403,
  8: 429,
  9: 400,
  10: 409,
  12: 501,
  13: 500,
  14: 503,
  16: 401,
} as const

type GrpcCode = keyof typeof httpStatus

/** One reason for which the registry does not do what it was asked. */
export interface RefusalKind<Params> {
  /** The gRPC code, which is the `code` of the error body: the only part that packer's logic looks at. */
  readonly grpc: GrpcCode
  readonly http: number
  readonly message: (params: Params) => string
  /** The `details` of the error body; empty but for few kinds. */
  readonly details?: (params: Params) => readonly unknown[]
}

/** States a refusal. */
export function refuse<Params>(
  grpc: GrpcCode,
  message: (params: Params) => string,
  more: { http?: number; details?: (params: Params) => readonly unknown[] } = {},
): RefusalKind<Params> {
  return {
    grpc,
    http: more.http ?? httpStatus[grpc],
    message,
    ...(more.details && { details: more.details }),
  }
}

const longestShown = 120

/**
 * A text of the caller's as a message may carry it: cut, without control characters, and with no `code:9` in it, which
 * packer would take for the code of the error.
 */
export function shown(text: string): string {
  const cut = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
  return cut.replace(/\p{C}/gu, '\uFFFD').replace(/(code"?):(?=\d)/gi, '$1 ')
}

/** gRPC codes by what they say. */
export const invalid = 3
export const absent = 5
export const exists = 6
export const denied = 7
export const exhausted = 8
export const precondition = 9
export const aborted = 10
