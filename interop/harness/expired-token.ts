import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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
  const [header, payload] = (await reader(access).token()).split('.')
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString())
  const old = { ...claims, iat: claims.iat - 2 * hour, exp: claims.exp - 2 * hour }
  const signed = `${header}.${Buffer.from(JSON.stringify(old)).toString('base64url')}`
  const key = Buffer.from(readFileSync(join(dataDir, 'signing-key'), 'utf8').trim(), 'base64url')
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
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
