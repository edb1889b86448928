import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { TestRegistry } from '../testing/new-registry.ts'

describe.each(drivers)('ancestry on %s', (_, create) => {
  test('a child is up to date as long as the channel of its parent points there', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const base = await at.publish('base', 'a')
    const { id: channel } = await registry.channels.get(admin, at.channel('base', 'latest'))
    const web = await at.publish('web', 'a', { id: base.id, channel })
    expect(web).toMatchObject({ parents: 'up-to-date', hasDescendants: false })
    expect(await registry.versions.get(admin, at.version('base', 'a'))).toMatchObject({
      hasDescendants: true,
    })
    expect(await registry.buckets.get(admin, at.bucket('base'))).toMatchObject({ children: 'up-to-date' })
    const head = await registry.channels.head(admin, at.channel('web', 'latest'))
    await at.publish('base', 'b')
    expect(await registry.buckets.get(admin, at.bucket('web'))).toMatchObject({ parents: 'out-of-date' })
    expect(await registry.buckets.get(admin, at.bucket('base'))).toMatchObject({ children: 'out-of-date' })
    expect(await registry.channels.head(admin, at.channel('web', 'latest'))).not.toEqual(head)
    const side = { versionId: base.id, versionName: 'v1', fingerprint: 'a' }
    const relations = {
      count: 1,
      items: [
        {
          parent: {
            bucketName: 'base',
            ...side,
            channelName: 'latest',
            channelVersion: { name: 'v2', fingerprint: 'b' },
          },
          child: { bucketName: 'web', versionId: web.id, versionName: 'v1', fingerprint: 'a' },
          status: 'out-of-date',
        },
      ],
    }
    expect(await registry.ancestry.list(admin, at.bucket('web'), { type: 'parents' })).toMatchObject(
      relations,
    )
    expect(await registry.ancestry.list(admin, at.bucket('base'), { type: 'children' })).toMatchObject(
      relations,
    )
    expect(await registry.ancestry.list(admin, at.bucket('base'), { type: 'parents' })).toMatchObject({
      count: 0,
      items: [],
    })
  })

  test('without a channel, or when it is gone, nobody can tell', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const base = await at.publish('base', 'a')
    const { id: channel } = await registry.channels.create(admin, at.bucket('base'), {
      name: 'stable',
      versionFingerprint: 'a',
    })
    expect((await at.publish('web', 'a', { id: base.id })).parents).toBe('undetermined')
    expect((await at.publish('shop', 'a', { id: base.id, channel })).parents).toBe('up-to-date')
    await registry.channels.delete(admin, at.channel('base', 'stable'))
    expect((await registry.versions.get(admin, at.version('shop', 'a'))).parents).toBe('undetermined')
    expect((await at.publish('none', 'a', { id: 'unknown' })).parents).toBeUndefined()
  })

  test('children are those whose latest version was built from the bucket, of one parent or through one channel if asked', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const base = await at.publish('base', 'a')
    const other = await at.publish('base', 'b')
    const { id: channel } = await registry.channels.get(admin, at.channel('base', 'latest'))
    await at.publish('web', 'a', { id: base.id })
    await at.publish('web', 'b', { id: other.id, channel })
    await at.publish('shop', 'a', { id: base.id })
    await at.publish('gone', 'a', { id: base.id })
    await at.publish('gone', 'b')
    const children = async (query: object) =>
      (await registry.ancestry.list(admin, at.bucket('base'), { type: 'children', ...query })).items.map(
        ({ child }) => child.bucketName,
      )
    expect(await children({})).toEqual(['shop', 'web'])
    expect(await children({ versionFingerprint: 'a' })).toEqual(['shop'])
    expect(await children({ channelName: 'latest' })).toEqual(['web'])
    const page = await registry.ancestry.list(admin, at.bucket('base'), { pageSize: '1' })
    const next = await registry.ancestry.list(admin, at.bucket('base'), {
      pageSize: '1',
      nextPageToken: page.nextPageToken,
    })
    expect([...page.items, ...next.items].map(({ child }) => child.bucketName)).toEqual(['shop', 'web'])
    expect([page.count, next.nextPageToken]).toEqual([2, ''])
  })

  test('a source that is an image of the project is a parent, whichever of the two was published first', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('early', 'a', { source: 'ami-base-a' })
    expect((await registry.versions.get(admin, at.version('early', 'a'))).parents).toBeUndefined()
    await at.publish('base', 'a')
    await at.publish('late', 'a', { source: 'ami-base-a' })
    await at.publish('other', 'a', { source: 'ami-of-somebody' })
    const children = await registry.ancestry.list(admin, at.bucket('base'), { type: 'children' })
    expect(children.items.map(({ child, status }) => [child.bucketName, status])).toEqual([
      ['early', 'undetermined'],
      ['late', 'undetermined'],
    ])
    expect((await registry.versions.get(admin, at.version('other', 'a'))).parents).toBeUndefined()
  })

  test('a declared parent is not observed a second time', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const base = await at.publish('base', 'a')
    const { id: channel } = await registry.channels.get(admin, at.channel('base', 'latest'))
    const web = await at.publish('web', 'a', { id: base.id, channel, source: 'ami-base-a' })
    expect(web.parents).toBe('up-to-date')
    const relations = await registry.ancestry.list(admin, at.bucket('web'), { type: 'parents' })
    expect(relations.items).toHaveLength(1)
  })

  test('what was built from a revoked image is revoked with it, however its parent is known', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('base', 'a')
    await at.publish('web', 'a', { source: 'ami-base-a' })
    await registry.versions.update(admin, at.version('base', 'a'), { revokeIn: '0s' })
    await at.publish('late', 'a', { source: 'ami-base-a' })
    for (const bucket of ['web', 'late'])
      expect(await registry.versions.get(admin, at.version(bucket, 'a'))).toMatchObject({
        status: 'revoked',
        revocation: { inheritedFrom: { bucketName: 'base' } },
      })
  })

  test('deleted parents leave no relation', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const base = await at.publish('base', 'a')
    await at.publish('web', 'a', { id: base.id })
    await registry.buckets.delete(admin, at.bucket('base'))
    expect(await registry.versions.get(admin, at.version('web', 'a'))).not.toHaveProperty('parents')
  })
})
