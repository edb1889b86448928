import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { reader } from './reader.ts'
import type { Access } from './registry.ts'
import type { Workspace } from './workspace.ts'

const hour = 3_600

/** A token as the registry signed it, but of two hours ago: signed anew with the key in its data directory. */
export async function expiredToken({
  access,
  dataDir,
}: {
  access: Access
  dataDir: string
}): Promise<string> {
  const [header, payload] = (await reader(access).token()).split('.', 2).map(decoded)
  const old = { ...payload, iat: payload.iat - 2 * hour, exp: payload.exp - 2 * hour }
  const signed = `${encoded(header)}.${encoded(old)}`
  const key = Buffer.from(signingKey(dataDir, header.kid).k, 'base64url')
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}

function signingKey(dataDir: string, id: string): { readonly k: string } {
  using database = new DatabaseSync(join(dataDir, 'registry.sqlite'), { readOnly: true })
  return JSON.parse(String(database.prepare('select jwk from signing_keys where id = ?').get(id)!['jwk']))
}

function decoded(part: string) {
  return JSON.parse(Buffer.from(part, 'base64url').toString())
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

/** Puts a token where HashiCorp's clients keep theirs, as one that they take to be good for an hour. */
export function writeTokenCache(user: Workspace, access: Access, token: string): void {
  const expiry = new Date(Date.now() + hour * 1000).toISOString()
  const entry = { access_token: token, access_token_expiry: expiry, geography: 'us' }
  user.write(
    'home/.config/hcp/creds-cache.json',
    JSON.stringify({ 'service-principals': { [access.HCP_CLIENT_ID]: entry } }),
  )
}
