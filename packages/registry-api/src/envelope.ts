import { any, int32, list, object, type Static, string } from './schema.ts'

/**
 * The body of every refusal of the planes that speak JSON. `code` is a gRPC code, never 0, and the only member of that name:
 * packer takes the first `code` it finds in the text.
 */
export const ErrorEnvelope = object({ code: int32, message: string, details: list(any) })
export type ErrorEnvelope = Static<typeof ErrorEnvelope>

/** The body of a refused token request (RFC 6749, section 5.2); packer prints both texts. */
export const TokenError = object({ error: string }, { error_description: string })
export type TokenError = Static<typeof TokenError>
