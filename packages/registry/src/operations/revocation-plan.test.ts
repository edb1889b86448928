import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

/** A base image with a child in two versions and a grandchild; the child's newest version is in production. */
async function family(at: TestRegistry): Promise<void> {
  const base = await at.publish('base', 'a')
  await at.publish('web', 'old')
  await at.publish('web', 'new', { id: base.id })
  await at.publish('worker', 'a', { source: 'ami-web-new' })
  const { registry, admin } = at
  const production = { name: 'production', versionFingerprint: 'old' }
  await registry.channels.create(admin, at.bucket('web'), production)
  await registry.channels.update(admin, at.channel('web', 'production'), {
    ...{ updateMask: 'versionFingerprint', versionFingerprint: 'new' },
  })
}

describe.each(drivers)('the plan of a revocation on %s', (_, create) => {
  test('names every descendant and where every channel goes, and changes nothing', async () => {
    await using at = await TestRegistry.open(create)
    await family(at)
    const plan = await at.registry.versions.planRevocation(at.admin, at.version('base', 'a'), {})
    expect(plan).toMatchObject({
      version: { bucketName: 'base', name: 'v1' },
      descendantCount: 2,
      descendants: [
        { bucketName: 'web', name: 'v2', revoked: false },
        { bucketName: 'worker', name: 'v1', revoked: false },
      ],
      channels: [
        { bucketName: 'base', channel: 'latest', from: { name: 'v1' }, to: null },
        {
          bucketName: 'web',
          channel: 'latest',
          from: { name: 'v2' },
          to: { name: 'v1', fingerprint: 'old' },
        },
        { bucketName: 'web', channel: 'production', to: { fingerprint: 'old' } },
        { bucketName: 'worker', channel: 'latest', to: null },
      ],
    })
    expect(await at.registry.versions.get(at.admin, at.version('base', 'a'))).toMatchObject({
      status: 'active',
    })
    expect(await at.assignments('web')).toEqual({ latest: 'v2', production: 'v2' })
  })

  test('is done to the letter, in one step', async () => {
    await using at = await TestRegistry.open(create)
    await family(at)
    const base = at.version('base', 'a')
    const { id: planId } = await at.registry.versions.planRevocation(at.admin, base, {})
    const words = { planId, revocationMessage: 'CVE-2026-1234' }
    const { version, plan } = await at.registry.versions.revoke(at.admin, base, words)
    expect([version.status, plan.id]).toEqual(['revoked', planId])
    expect(await at.assignments('web')).toEqual({ latest: 'v1', production: 'v1' })
    expect(await at.assignments('worker')).toEqual({ latest: null })
    expect((await at.events()).at(-1)).toMatchObject({ action: 'version.revoke', outcome: 'done' })
  })

  test.each([
    ['a new descendant', (at: TestRegistry) => at.publish('late', 'a', { source: 'ami-base-a' })],
    [
      'a moved channel',
      (at: TestRegistry) =>
        at.registry.channels.update(at.admin, at.channel('web', 'production'), {
          ...{ updateMask: 'versionFingerprint', versionFingerprint: 'old' },
        }),
    ],
    [
      'a revoked descendant',
      (at: TestRegistry) =>
        at.registry.versions.update(at.admin, at.version('worker', 'a'), { revokeIn: '0s' }),
    ],
  ])('is refused after %s, and nothing is done', async (_name, change) => {
    await using at = await TestRegistry.open(create)
    await family(at)
    const base = at.version('base', 'a')
    const { id: planId } = await at.registry.versions.planRevocation(at.admin, base, {})
    await change(at)
    expect(await refusalOf(at.registry.versions.revoke(at.admin, base, { planId }))).toBe('plan.stale')
    expect(await at.registry.versions.get(at.admin, base)).toMatchObject({ status: 'active' })
  })

  test('is another one for another manner, and the same for a delay that starts later', async () => {
    await using at = await TestRegistry.open(create)
    await family(at)
    const base = at.version('base', 'a')
    const plan = (words: object) => at.registry.versions.planRevocation(at.admin, base, words)
    const now = await plan({})
    const later = await plan({ revokeIn: '1d' })
    const ids = [now, later, await plan({ skipDescendantsRevocation: true })].map(({ id }) => id)
    expect(new Set([...ids, (await plan({ disableRollbackChannels: true })).id]).size).toBe(4)
    expect([later.descendantCount, later.channelCount]).toEqual([2, 0])
    at.clock.time += 60_000
    expect((await plan({ revokeIn: '1d' })).id).toBe(later.id)
  })

  test('is not made for what is revoked, nor for a restoration', async () => {
    await using at = await TestRegistry.open(create)
    await at.publish('base', 'a')
    const base = at.version('base', 'a')
    const plan = (words: object) => refusalOf(at.registry.versions.planRevocation(at.admin, base, words))
    expect(await plan({ restore: true })).toBe('version.restore-and-revoke')
    await at.registry.versions.revoke(at.admin, base, {})
    expect(await plan({})).toBe('version.revoked-already')
  })
})
