import { describe, expect, test } from 'vitest'
import type { ProjectAddress } from '../domain/address.ts'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

/** A second project of the organization, with a bucket whose only image has the identifier that ours has. */
async function neighbour({ registry, store, admin, project }: TestRegistry): Promise<ProjectAddress> {
  const theirs = { ...project, projectId: '22222222-2222-4222-8222-222222222222' }
  const facts = { name: 'neighbour', description: '', createdAt: 1 }
  await store.write(({ rows }) =>
    rows.tenants.addProject({ id: theirs.projectId, organizationId: theirs.organizationId, ...facts }),
  )
  await registry.registries.create(admin, theirs, 'plus')
  await registry.buckets.create(admin, theirs, { name: 'theirs' })
  const version = { ...theirs, bucket: 'theirs', fingerprint: 'fp' }
  await registry.versions.create(admin, version, { fingerprint: 'fp' })
  const { id: buildId } = await registry.builds.create(admin, version, { componentType: 'null.x' })
  const artifacts = [{ externalIdentifier: 'ami-shared', region: 'here' }]
  await registry.builds.update(admin, { ...version, buildId }, { status: 'done', platform: 'aws', artifacts })
  const content = { label: 'v1', templateType: 'hcl2', content: 'x', description: '' } as const
  await registry.enforcedBlocks.create(admin, theirs, { name: 'theirs', ...content })
  return theirs
}

describe.each(drivers)('two projects on %s', (_, create) => {
  test('nothing of another project comes up in a list or a search', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, project } = at
    const theirs = await neighbour(at)
    await at.publish('ours', 'fp', { image: 'ami-shared' })
    at.clock.time += 90 * 86_400_000
    const buckets = await registry.buckets.list(admin, project, {})
    expect(buckets.items.map(({ name }) => name)).toEqual(['ours'])
    const images = await registry.builds.findImage(admin, project, { externalIdentifier: 'ami-shared' })
    expect(images.items.map(({ bucket }) => bucket.name)).toEqual(['ours'])
    expect(await registry.enforcedBlocks.list(admin, project)).toEqual([])
    const { quiet } = await registry.buckets.stale(admin, project, { days: 1, behind: 1 })
    expect(quiet.map(({ bucketName }) => bucketName)).toEqual(['ours'])
    expect((await registry.buckets.list(admin, theirs, {})).items.map(({ name }) => name)).toEqual(['theirs'])
  })

  test('an image of another project is nobody’s parent, and its versions have no name here', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const theirs = await neighbour(at)
    const parent = await registry.versions.get(admin, { ...theirs, bucket: 'theirs', fingerprint: 'fp' })
    const child = await at.publish('ours', 'a', { id: parent.id, source: 'ami-shared' })
    expect(child.parents).toBeUndefined()
    await registry.channels.create(admin, at.bucket('ours'), { name: 'stable' })
    const assigned = registry.channels.updateByOldMask(admin, at.channel('ours', 'stable'), {
      versionId: parent.id,
    })
    expect(await refusalOf(assigned)).toBe('version.absent')
  })
})
