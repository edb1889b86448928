import { describe, expect, test } from 'vitest'
import { RandomIds } from '../random-ids.ts'
import { Registry } from '../registry.ts'
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
      const registry = new Registry({ store, clock: { now: () => 1000 }, ids: new RandomIds() })
      const founded = await registry.found(founding)
      const credential = await registry.credential('client')
      await store.close()
      return { founded, credential }
    }
    const first = await start()
    expect(first.founded).toMatchObject({
      created: true,
      organization: { name: 'acme' },
      principal: { role: 'admin' },
    })
    expect(first.credential).toMatchObject({ secretHash: 'hash', principal: { name: 'local' } })
    const second = await start()
    expect(second.founded).toEqual({ ...first.founded, created: false })
  })

  test('a principal gets another secret; the first one stays', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await registry.addCredential(admin.principalId, { clientId: 'second', secretHash: '11' })
    expect((await registry.credential('second'))?.principal.id).toBe(admin.principalId)
    expect((await registry.credential('client'))?.principal.id).toBe(admin.principalId)
    expect(await registry.credential('third')).toBeUndefined()
    await expect(registry.addCredential('nobody', { clientId: 'x', secretHash: '' })).rejects.toThrow(
      'nobody',
    )
  })

  test('keys that sign tokens are kept, the newest first', async () => {
    await using at = await TestRegistry.open(create)
    for (const id of ['old', 'new']) {
      at.clock.time += 1
      await at.registry.addSigningKey({ id, jwk: '{}' })
    }
    expect((await at.registry.signingKeys()).map(({ id }) => id)).toEqual(['new', 'old'])
  })

  test('a caller finds its own organization and projects, and no others', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, project } = at
    const stranger = { ...admin, organizationId: '11111111-1111-4111-8111-111111111111' }
    const bound = { ...admin, projectId: project.projectId }
    expect(await registry.listOrganizations(admin)).toMatchObject([
      { id: admin.organizationId, name: 'acme' },
    ])
    expect(await registry.listProjects(admin, admin.organizationId)).toMatchObject([
      { id: project.projectId },
    ])
    expect(await registry.getProject(bound, project.projectId)).toMatchObject({ name: 'images' })
    expect(await refusalOf(registry.listProjects(bound, admin.organizationId))).toBe('access.denied')
    expect(await refusalOf(registry.listProjects(stranger, admin.organizationId))).toBe('access.denied')
    expect(await refusalOf(registry.getProject(stranger, project.projectId))).toBe('project.absent')
    expect(await refusalOf(registry.getBucket(stranger, at.bucket('base')))).toBe('project.absent')
    const foreign = { ...project, organizationId: stranger.organizationId, bucket: 'base' }
    await at.publish('base', 'a')
    expect(await refusalOf(registry.getBucket(stranger, foreign))).toBe('project.absent')
  })

  test('a project has its registry from the start', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, project } = at
    expect(await registry.getRegistry(admin, project)).toMatchObject({
      ...project,
      activated: true,
      tier: 'plus',
    })
    expect(await refusalOf(registry.getOperation(admin, project, 'none'))).toBe('operation.absent')
    await at.publish('base', 'a')
    expect(await registry.listEnforcedBlocks(admin, at.bucket('base'))).toEqual([])
    expect(await refusalOf(registry.listEnforcedBlocks(admin, at.bucket('none')))).toBe('bucket.absent')
  })
})
