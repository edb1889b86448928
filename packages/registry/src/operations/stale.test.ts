import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

const day = 86_400_000
const usual = { days: 30, behind: 3 }

describe.each(drivers)('what is stale, on %s', (_, create) => {
  test('a bucket whose parent has moved on, read through a channel or known by its image', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const base = await at.publish('base', 'a')
    const { id: channel } = await registry.channels.create(admin, at.bucket('base'), {
      ...{ name: 'stable', versionFingerprint: 'a' },
    })
    await at.publish('web', 'a', { id: base.id, channel })
    await at.publish('job', 'a', { source: 'ami-base-a' })
    await at.publish('base', 'b')
    const moved = { builtFrom: { name: 'v1' }, now: { name: 'v2', fingerprint: 'b' } }
    const first = await registry.buckets.stale(admin, at.project, usual)
    expect(first.outdated).toMatchObject([{ bucketName: 'job', parentChannelName: 'latest', ...moved }])
    await registry.channels.update(admin, at.channel('base', 'stable'), {
      ...{ updateMask: 'versionFingerprint', versionFingerprint: 'b' },
    })
    const second = await registry.buckets.stale(admin, at.project, usual)
    expect(second.outdated).toMatchObject([
      { bucketName: 'job', parentBucketName: 'base', parentChannelName: 'latest', ...moved },
      { bucketName: 'web', parentBucketName: 'base', parentChannelName: 'stable', ...moved },
    ])
    expect(second.whole).toBe(true)
  })

  test('a channel that is so many versions behind, without those that are revoked', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, viewer } = at
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await at.publish('web', name)
      if (name !== 'a') continue
      await registry.channels.create(admin, at.bucket('web'), { name: 'prod', versionFingerprint: 'a' })
      const hidden = { name: 'hidden', versionFingerprint: 'a', restricted: true }
      await registry.channels.create(admin, at.bucket('web'), hidden)
    }
    await registry.versions.revoke(admin, at.version('web', 'c'), {})
    const behind = async (far: number, caller = viewer) =>
      (await registry.buckets.stale(caller, at.project, { ...usual, behind: far })).behind
    expect(await behind(3)).toMatchObject([
      { bucketName: 'web', channelName: 'prod', version: { name: 'v1' }, newest: { name: 'v5' }, behind: 3 },
    ])
    expect(await behind(4)).toEqual([])
    expect(await behind(3, admin)).toHaveLength(2)
  })

  test('a channel whose version is revoked or will be', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    for (const bucket of ['gone', 'soon']) {
      await at.publish(bucket, 'a')
      await registry.channels.create(admin, at.bucket(bucket), { name: 'prod', versionFingerprint: 'a' })
    }
    await registry.versions.revoke(admin, at.version('gone', 'a'), { disableRollbackChannels: true })
    await registry.versions.revoke(admin, at.version('soon', 'a'), { revokeIn: '2d' })
    const { revoked } = await registry.buckets.stale(admin, at.project, usual)
    expect(revoked.map((each) => [each.bucketName, each.channelName, each.revoked])).toEqual([
      ['gone', 'latest', true],
      ['gone', 'prod', true],
      ['soon', 'latest', false],
      ['soon', 'prod', false],
    ])
  })

  test('a bucket in which nothing was completed for long, or ever', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('old', 'a')
    at.clock.time += 1000
    await registry.buckets.create(admin, at.project, { name: 'empty' })
    at.clock.time += 31 * day
    await at.publish('new', 'a')
    const { quiet } = await registry.buckets.stale(admin, at.project, usual)
    expect(quiet).toMatchObject([
      { bucketName: 'old', newest: { name: 'v1' } },
      { bucketName: 'empty', newest: null },
    ])
    expect((await registry.buckets.stale(admin, at.project, { ...usual, days: 40 })).quiet).toEqual([])
  })

  test.each([{ days: 0 }, { days: Number.NaN }, { behind: 1.5 }])('%j is refused', async (words) => {
    await using at = await TestRegistry.open(create)
    const asked = at.registry.buckets.stale(at.viewer, at.project, { ...usual, ...words })
    expect(await refusalOf(asked)).toBe('name.malformed')
  })
})
