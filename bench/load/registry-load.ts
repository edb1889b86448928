import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DerivedSecrets } from '../../packages/registry/src/auth/derived-secrets.ts'
// The one place that reaches past the package's index: it asks what the rules and the store cost without the wire.
import { RandomIds } from '../../packages/registry/src/random-ids.ts'
import { Registry } from '../../packages/registry/src/registry/registry.ts'
import { SqliteStore } from '../../packages/registry/src/store/sqlite/sqlite-store.ts'
import { answerOrders } from './in-process.ts'

/** Heartbeats told to a registry in this very process, so many at a time. */
export interface RegistryOrders {
  readonly publishers: number
  readonly seconds: number
}

/** Answers how many there were in a second. */
answerOrders(async ({ publishers, seconds }: RegistryOrders): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'ingot-bench-'))
  const store = await SqliteStore.open(join(folder, 'registry.sqlite'))
  try {
    const beats = await openBuilds(store, publishers)
    const start = performance.now()
    const end = start + seconds * 1000
    let count = 0
    const publish = async (beat: () => Promise<unknown>) => {
      for (; performance.now() < end; count++) await beat()
    }
    await Promise.all(beats.map(publish))
    return (count * 1000) / (performance.now() - start)
  } finally {
    await store.close()
    await rm(folder, { recursive: true })
  }
})

/** A running build in a bucket of its own for each publisher; each beats when it is called. */
async function openBuilds(store: SqliteStore, publishers: number): Promise<(() => Promise<unknown>)[]> {
  const registry = new Registry({
    store,
    clock: Date,
    ids: new RandomIds(),
    secrets: new DerivedSecrets(Buffer.alloc(32)),
  })
  const { organization, project, principal } = await registry.principals.found({
    ...{ organizationName: 'bench', projectName: 'bench', principalName: 'bench', role: 'admin' },
    ...{ clientId: 'bench', secretHash: '0'.repeat(64) },
  })
  const { id: principalId, name: principalName, kind, grants } = principal
  const caller = { principalId, principalName, kind, grants, organizationId: organization.id }
  const beats = Array.from({ length: publishers }, async (_, index) => {
    const at = { organizationId: organization.id, projectId: project.id, bucket: `bucket-${index}` }
    const version = { ...at, fingerprint: 'one' }
    await registry.buckets.create(caller, at, { name: at.bucket })
    await registry.versions.create(caller, at, { fingerprint: version.fingerprint })
    const { id: buildId } = await registry.builds.create(caller, version, { componentType: 'null.one' })
    return () => registry.builds.update(caller, { ...version, buildId }, { status: 'running' })
  })
  return await Promise.all(beats)
}
