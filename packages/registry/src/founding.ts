import { hashSecret, isSecret, newClientId, newClientSecret } from './auth/client-secret.ts'
import {
  type Credentials,
  credentialsRemedy,
  readCredentials,
  writeCredentials,
} from './data-directory/credentials.ts'
import type { Layout } from './data-directory/layout.ts'
import type { Founded } from './operations/founding.ts'
import type { Registry } from './registry/registry.ts'
import { RegistryStartError } from './start-error.ts'

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
  const founded = await registry.principals.found({ ...names, clientId: pair.clientId, secretHash })
  await admit(registry, { ...pair, principalId: founded.principal.id }, files)
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

interface Admitted {
  readonly principalId: string
  readonly clientId: string
  readonly clientSecret: string
}

/** Lets the local user in with the pair of the file, also when the database comes from elsewhere. */
async function admit(registry: Registry, pair: Admitted, files: Layout): Promise<void> {
  const { principalId, clientId, clientSecret } = pair
  const known = await registry.principals.credential(clientId)
  if (!known)
    return registry.principals.addCredential(principalId, { clientId, secretHash: hashSecret(clientSecret) })
  if (isSecret(clientSecret, known.secretHash)) return
  const reason = `its secret is not that of ${clientId}`
  throw RegistryStartError.of('file.damaged', { file: files.credentials, reason, remedy: credentialsRemedy })
}
