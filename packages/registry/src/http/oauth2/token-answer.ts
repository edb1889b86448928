import { answerTo, type TokenError } from '@ingot/registry-api'
import type { Refusal } from '../../domain/refusal.ts'
import { type Answer, render } from '../answer.ts'

/** The reasons for which no token is given, by their words in RFC 6749. */
export type TokenRefusal = Refusal<'token.wrong-client' | 'token.malformed' | 'token.grant'>

const errorWord = {
  'token.wrong-client': 'invalid_client',
  'token.malformed': 'invalid_request',
  'token.grant': 'unsupported_grant_type',
} as const

const noStore = { 'cache-control': 'no-store' }

/** A token, as the hosted service answers it: these three members and no others. */
export function tokenAnswer(token: string, lifetime: number): Answer {
  const body = render({ access_token: token, token_type: 'Bearer', expires_in: lifetime })
  return { status: 200, body, headers: noStore }
}

/** Packer prints both the word and the description. */
export function tokenRefused({ code, params }: TokenRefusal): Answer {
  const { status, body } = answerTo(code, params)
  const error: TokenError = { error: errorWord[code], error_description: body.message }
  const challenge = status === 401 && { 'www-authenticate': 'Basic realm="ingot"' }
  return { status, body: render(error), headers: { ...noStore, ...challenge } }
}
