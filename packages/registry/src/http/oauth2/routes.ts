import { oauth2 } from '@ingot/registry-api'
import { AUDIENCE, TOKEN_LIFETIME } from '../../auth/access-token.ts'
import type { Authenticator } from '../../auth/authenticator.ts'
import { clientCredentials } from '../../auth/client-credentials.ts'
import { isSecret } from '../../auth/client-secret.ts'
import type { Credential } from '../../domain/principal.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { RefusalRecorder } from '../refusal-recorder.ts'
import { type OpenCall, type Route, serveOpen } from '../route.ts'
import { type TokenRefusal, tokenAnswer, tokenRefused } from './token-answer.ts'

interface TokenParts {
  readonly authenticator: Authenticator
  readonly recorder: RefusalRecorder
}

/** The token endpoint, under its present and its old path. */
export function oauth2Routes({ authenticator, recorder }: TokenParts): readonly Route[] {
  const exchange = async (call: OpenCall) => {
    const found = await credentialOf(call)
    if (!(found instanceof Refusal)) return tokenAnswer(await authenticator.issue(found), TOKEN_LIFETIME)
    await recorder.record(found, call.origin)
    return tokenRefused(found)
  }
  return [serveOpen(oauth2.createToken, exchange), serveOpen(oauth2.createTokenOldPath, exchange)]
}

/** Who asks for a token. An unknown client and a wrong secret cannot be told apart, neither by answer nor by work. */
async function credentialOf({ body, registry, authorization }: OpenCall): Promise<Credential | TokenRefusal> {
  const form = new URLSearchParams(body.toString())
  const [grant, audience] = [form.get('grant_type'), form.get('audience')]
  if (!grant || (audience && audience !== AUDIENCE)) return new Refusal('token.malformed', {})
  if (grant !== 'client_credentials') return new Refusal('token.grant', {})
  const given = clientCredentials(authorization, form)
  const known = given && (await registry.principals.credential(given.id))
  if (!given || !isSecret(given.secret, known?.secretHash)) return new Refusal('token.wrong-client', {})
  return known!
}
