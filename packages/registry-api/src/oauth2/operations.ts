import { operation } from '../operation.ts'
import { int32, object, string, words } from '../schema.ts'

const token = {
  plane: 'oauth2',
  method: 'POST',
  /** Sent as `application/x-www-form-urlencoded`; the credentials come here or in a Basic header. */
  body: object({ grant_type: string }, { audience: string, client_id: string, client_secret: string }),
  reply: object({ access_token: string, token_type: words('Bearer'), expires_in: int32 }),
} as const

/** Exchanges a client id and secret for an access token. */
export const createToken = operation({
  ...token,
  id: 'OAuth2_Token',
  path: '/oauth2/token',
  seenFrom: ['packer', 'terraform-provider-hcp', 'ingot'],
})

/** The same under the path that packer up to 1.8.4 uses. */
export const createTokenOldPath = operation({
  ...token,
  id: 'OAuth2_TokenOldPath',
  path: '/oauth/token',
  seenFrom: ['packer'],
})
