import { describe, expect, test } from 'vitest'
import { Refusal } from '../domain/refusal.ts'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

async function twoRegions(at: TestRegistry): Promise<void> {
  const { registry, admin } = at
  await registry.buckets.create(admin, at.project, { name: 'web' })
  const version = at.version('web', 'a')
  await registry.versions.create(admin, version, { fingerprint: 'a' })
  const { id: buildId } = await registry.builds.create(admin, version, { componentType: 'ebs.web' })
  const artifacts = ['us', 'eu'].map((region) => ({ externalIdentifier: `ami-${region}`, region }))
  const change = { status: 'done', platform: 'aws', artifacts, labels: { arch: 'arm' } } as const
  await registry.builds.update(admin, { ...version, buildId }, change)
}

async function thrown(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Refusal)
  return error as Refusal
}

describe.each(drivers)('resolving an image on %s', (_, create) => {
  test('comes to exactly one, by channel, number or fingerprint', async () => {
    await using at = await TestRegistry.open(create)
    await twoRegions(at)
    const { registry, viewer, admin } = at
    const bucket = at.bucket('web')
    for (const named of [{ version: 'v1' }, { version: 'a' }])
      expect(
        await registry.artifacts.resolve(viewer, bucket, { ...named, region: 'eu', labels: { arch: 'arm' } }),
      ).toMatchObject({
        artifact: { externalIdentifier: 'ami-eu', componentType: 'ebs.web' },
        version: { name: 'v1' },
        channel: { name: '' },
      })
    const found = await registry.artifacts.resolve(admin, bucket, { region: 'us' })
    expect([found.artifact.externalIdentifier, found.channel.name]).toEqual(['ami-us', 'latest'])
  })

  test('lists what there is to choose from, where several fit and where none does', async () => {
    await using at = await TestRegistry.open(create)
    await twoRegions(at)
    const { registry, admin } = at
    const several = await thrown(registry.artifacts.resolve(admin, at.bucket('web'), {}))
    expect(several.code).toBe('artifact.ambiguous')
    expect(several.message).toContain('aws us ami-us (ebs.web), aws eu ami-eu (ebs.web)')
    expect(several.params).toMatchObject({
      candidates: [{ external_identifier: 'ami-us' }, { external_identifier: 'ami-eu' }],
    })
    const none = await thrown(registry.artifacts.resolve(admin, at.bucket('web'), { platform: 'gce' }))
    expect(none).toMatchObject({ code: 'artifact.absent', params: { candidates: { length: 2 } } })
  })

  test('refuses what is revoked, with the reason, and what is not there', async () => {
    await using at = await TestRegistry.open(create)
    await twoRegions(at)
    const { registry, admin, viewer } = at
    const bucket = at.bucket('web')
    const wish = { region: 'us' }
    await registry.channels.create(admin, bucket, { name: 'stable' })
    const ask = (more: object) => refusalOf(registry.artifacts.resolve(viewer, bucket, { ...wish, ...more }))
    expect(await ask({ channel: 'latest' })).toBe('channel.restricted')
    expect(await ask({ channel: 'stable' })).toBe('channel.unassigned')
    expect(await ask({ channel: 'nowhere' })).toBe('channel.absent')
    expect(await ask({ version: 'v9' })).toBe('version.absent')
    await registry.versions.revoke(admin, at.version('web', 'a'), { revocationMessage: 'CVE-1' })
    const refused = await thrown(registry.artifacts.resolve(viewer, bucket, { ...wish, version: 'v1' }))
    expect(refused.message).toContain('CVE-1')
  })
})
