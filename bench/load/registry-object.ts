import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DerivedSecrets } from '../../packages/registry/src/auth/derived-secrets.ts'
import type { ProjectAddress } from '../../packages/registry/src/domain/address.ts'
import type { Caller } from '../../packages/registry/src/domain/caller.ts'
// The one place that reaches past the package's index: it asks what the rules and the store cost without the wire.
import { RandomIds } from '../../packages/registry/src/random-ids.ts'
import { Registry } from '../../packages/registry/src/registry/registry.ts'
import { SqliteStore } from '../../packages/registry/src/store/sqlite/sqlite-store.ts'

/** A registry in this very process, without HTTPS, in a folder of its own. */
export interface RegistryObject extends AsyncDisposable {
  readonly registry: Registry
  readonly project: ProjectAddress
  /** May do everything. */
  readonly caller: Caller
  /** The file of the database. */
  readonly database: string
}

export async function openRegistryObject(): Promise<RegistryObject> {
  const folder = await mkdtemp(join(tmpdir(), 'ingot-bench-'))
  const database = join(folder, 'registry.sqlite')
  const store = await SqliteStore.open(database)
  const secrets = new DerivedSecrets(Buffer.alloc(32))
  const registry = new Registry({ store, clock: Date, ids: new RandomIds(), secrets })
  const { organization, project, principal } = await registry.principals.found({
    ...{ organizationName: 'bench', projectName: 'bench', principalName: 'bench', role: 'admin' },
    ...{ clientId: 'bench', secretHash: '0'.repeat(64) },
  })
  const { id: principalId, name: principalName, kind, grants } = principal
  return {
    ...{ registry, database },
    project: { organizationId: organization.id, projectId: project.id },
    caller: { principalId, principalName, kind, grants, organizationId: organization.id },
    async [Symbol.asyncDispose]() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}
