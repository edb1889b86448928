import { describe, expect, test } from 'vitest'
import { DerivedSecrets } from '../auth/derived-secrets.ts'
import { RandomIds } from '../random-ids.ts'
import { Registry } from '../registry/registry.ts'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'
import type { Founding } from './founding.ts'

const founding: Founding = {
  organizationName: 'acme',
  projectName: 'images',
  principalName: 'local',
  role: 'admin',
  clientId: 'client',
  secretHash: 'hash',
}

describe.each(drivers)('organizations and principals on %s', (_, create) => {
  test('the first start makes what later starts find', async () => {
    await using database = await create()
    const start = async () => {
      const store = await database.open()
      const registry = new Registry({
        store,
        clock: { now: () => 1000 },
        ids: new RandomIds(),
        secrets: new DerivedSecrets(Buffer.alloc(32)),
      })
      const founded = await registry.principals.found(founding)
      const credential = await registry.principals.credential('client')
      await store.close()
      return { founded, credential }
    }
    const first = await start()
    expect(first.founded).toMatchObject({
      created: true,
      organization: { name: 'acme' },
      principal: { name: 'local' },
    })
    expect(first.credential).toMatchObject({ secretHash: 'hash', principal: { name: 'local' } })
    const second = await start()
    expect(second.founded).toEqual({ ...first.founded, created: false })
  })

  test('a principal gets another secret; the first one stays', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await registry.principals.addCredential(admin.principalId, { clientId: 'second', secretHash: '11' })
    expect((await registry.principals.credential('second'))?.principal.id).toBe(admin.principalId)
    expect((await registry.principals.credential('client'))?.principal.id).toBe(admin.principalId)
    expect(await registry.principals.credential('third')).toBeUndefined()
    await expect(
      registry.principals.addCredential('nobody', { clientId: 'x', secretHash: '' }),
    ).rejects.toThrow('nobody')
  })

  test('keys that sign tokens are kept, the newest first', async () => {
    await using at = await TestRegistry.open(create)
    for (const id of ['old', 'new']) {
      at.clock.time += 1
      await at.registry.principals.addSigningKey({ id, jwk: '{}' })
    }
    expect((await at.registry.principals.signingKeys()).map(({ id }) => id)).toEqual(['new', 'old'])
  })

  test('a caller finds its own organization and projects, and no others', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, project } = at
    const stranger = { ...admin, organizationId: '11111111-1111-4111-8111-111111111111' }
    const bound = {
      ...{ ...admin, projectId: project.projectId },
      grants: new Map([[project.projectId, 'admin']] as const),
    }
    expect(await registry.tenants.listOrganizations(admin)).toMatchObject([
      { id: admin.organizationId, name: 'acme' },
    ])
    expect(await registry.tenants.listProjects(admin, admin.organizationId)).toMatchObject([
      { id: project.projectId },
    ])
    expect(await registry.tenants.getProject(bound, project.projectId)).toMatchObject({ name: 'images' })
    expect(await refusalOf(registry.tenants.listProjects(bound, admin.organizationId))).toBe('access.denied')
    const old = { ...bound, sourceChannel: 'packer/1.8.6 hcp-go-sdk/0.23.0' }
    expect(await registry.tenants.listProjects(old, admin.organizationId)).toMatchObject([
      { id: project.projectId },
    ])
    for (const foreign of [stranger, { ...stranger, sourceChannel: old.sourceChannel }])
      expect(await refusalOf(registry.tenants.listProjects(foreign, admin.organizationId))).toBe(
        'access.denied',
      )
    expect(await refusalOf(registry.tenants.getProject(stranger, project.projectId))).toBe('project.absent')
    expect(await refusalOf(registry.buckets.get(stranger, at.bucket('base')))).toBe('project.absent')
    const foreign = { ...project, organizationId: stranger.organizationId, bucket: 'base' }
    await at.publish('base', 'a')
    expect(await refusalOf(registry.buckets.get(stranger, foreign))).toBe('project.absent')
  })

  test('a project has its registry from the start', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, project } = at
    expect(await registry.registries.get(admin, project)).toMatchObject({
      ...project,
      activated: true,
      tier: 'plus',
    })
    expect(await refusalOf(registry.tenants.getOperation(admin, project, 'none'))).toBe('operation.absent')
    await at.publish('base', 'a')
    expect(await registry.enforcedBlocks.ofBucket(admin, at.bucket('base'))).toEqual([])
    expect(await refusalOf(registry.enforcedBlocks.ofBucket(admin, at.bucket('none')))).toBe('bucket.absent')
  })
})
