import { writeSync } from 'node:fs'
import { DerivedSecrets } from '../auth/derived-secrets.ts'
import { RandomIds } from '../random-ids.ts'
import { Registry } from '../registry/registry.ts'
import { SqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { Acknowledged } from './acknowledged.ts'

/**
 * Publishes versions into a database, several publishers at once, until it is killed. It tells on stdout, a line of JSON each,
 * what was acknowledged: `node crash-writer.ts DATABASE PREFIX`.
 */
const [database = '', prefix = ''] = process.argv.slice(2)
const store = await SqliteStore.open(database)
const registry = new Registry({
  store,
  clock: { now: () => Date.now() },
  ids: new RandomIds(),
  secrets: new DerivedSecrets(Buffer.alloc(32)),
})
const { organization, project, principal } = await registry.principals.found({
  ...{ organizationName: 'acme', projectName: 'images', principalName: 'publisher', role: 'admin' },
  ...{ clientId: 'client', secretHash: '00' },
})
const { id: principalId, name: principalName, kind, grants } = principal
const caller = { principalId, principalName, kind, grants, organizationId: organization.id }
const at = { organizationId: organization.id, projectId: project.id }

async function publish(bucket: string): Promise<never> {
  for (let count = 1; ; count++) {
    const fingerprint = `${prefix}-${count}`
    const version = { ...at, bucket, fingerprint }
    await registry.versions.create(caller, version, { fingerprint })
    acknowledge({ bucket, fingerprint })
    const builds = ['null.one', 'null.two'].map((componentType) =>
      registry.builds.create(caller, version, { componentType }),
    )
    for (const { id: buildId, componentType } of await Promise.all(builds)) {
      const artifacts = [1, 2, 3].map((region) => ({
        externalIdentifier: buildId,
        region: `region-${region}`,
      }))
      await registry.builds.update(
        caller,
        { ...version, buildId },
        { status: 'done', platform: 'aws', artifacts },
      )
      acknowledge({ bucket, fingerprint, done: componentType })
    }
  }
}

function acknowledge(line: Acknowledged): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const buckets = ['one', 'two', 'three', 'four'].map((name) => `${prefix}-${name}`)
for (const name of buckets) await registry.buckets.create(caller, at, { name })
await Promise.all(buckets.map(publish))
