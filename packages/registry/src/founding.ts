import { hashSecret, isSecret, newClientId, newClientSecret } from './auth/client-secret.ts'
import { type Credentials, readCredentials, writeCredentials } from './data-directory/credentials.ts'
import type { Layout } from './data-directory/layout.ts'
import type { Founded } from './operations/founding.ts'
import type { Registry } from './registry.ts'

/** What the first start names things; `local` is the author that versions of this machine's user show. */
const names = {
  organizationName: 'ingot',
  projectName: 'default',
  principalName: 'local',
  role: 'admin',
} as const

/**
 * Makes organization, project, registry and the local user's credentials on the first start, and finds them later. The
 * secret is in its file before the database knows its hash, so that no crash leaves a principal whose secret is lost; a file
 * that went missing, or belongs to another database, is healed.
 */
export async function foundRegistry(registry: Registry, files: Layout): Promise<Founded> {
  const before = readCredentials(files)
  const pair = before ?? { clientId: newClientId(), clientSecret: newClientSecret() }
  if (!before) writeCredentials(files, { ...pair, organizationId: '', projectId: '' })
  const secretHash = hashSecret(pair.clientSecret)
  const founded = await registry.found({ ...names, clientId: pair.clientId, secretHash })
  const known = await registry.credential(pair.clientId)
  if (!isSecret(pair.clientSecret, known?.secretHash)) {
    await registry.addCredential(founded.principal.id, { clientId: pair.clientId, secretHash })
  }
  const { clientId, clientSecret } = pair
  complete(
    files,
    { clientId, clientSecret, organizationId: founded.organization.id, projectId: founded.project.id },
    before,
  )
  return founded
}

function complete(files: Layout, credentials: Credentials, before: Credentials | undefined): void {
  const same =
    before?.organizationId === credentials.organizationId && before.projectId === credentials.projectId
  if (!same) writeCredentials(files, credentials)
}
