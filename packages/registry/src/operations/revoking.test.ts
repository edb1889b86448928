import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

const now = { revokeIn: '0s', revocationMessage: 'CVE-2026-1' }

describe.each(drivers)('revoking on %s', (_, create) => {
  test('channels fall back to the newest of their history that may still be used, in the same step', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    for (const fingerprint of ['a', 'b', 'c']) await at.publish('base', fingerprint)
    await registry.channels.create(admin, at.bucket('base'), { name: 'stable', versionFingerprint: 'a' })
    const assign = { updateMask: 'versionFingerprint', versionFingerprint: 'c' }
    await registry.channels.update(admin, at.channel('base', 'stable'), assign)
    await registry.channels.create(admin, at.bucket('base'), { name: 'only', versionFingerprint: 'c' })
    await registry.versions.update(admin, at.version('base', 'b'), now)
    const { version, operation } = await registry.versions.update(admin, at.version('base', 'c'), now)
    expect(version).toMatchObject({
      status: 'revoked',
      revocation: { at: at.clock.time, author: 'publisher', message: 'CVE-2026-1' },
    })
    expect(await registry.tenants.getOperation(admin, at.project, operation.id)).toEqual(operation)
    expect(await at.assignments('base')).toEqual({ latest: 'v1', stable: 'v1', only: null })
    const { items } = await registry.channels.history(admin, at.channel('base', 'stable'), {})
    expect(items[0]).toMatchObject({ author: 'HCP Packer', version: { name: 'v1' } })
    expect(await refusalOf(registry.versions.update(admin, at.version('base', 'c'), now))).toBe(
      'version.revoked-already',
    )
    expect(await refusalOf(registry.channels.update(admin, at.channel('base', 'only'), assign))).toBe(
      'channel.version-revoked',
    )
  })

  test('channels stay when the roll-back is disabled', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('base', 'a')
    await at.publish('base', 'b')
    await registry.versions.update(admin, at.version('base', 'b'), { ...now, disableRollbackChannels: true })
    const { version } = await registry.channels.get(admin, at.channel('base', 'latest'))
    expect(version).toMatchObject({ name: 'v2', status: 'revoked' })
  })

  test('a scheduled revocation counts from its time on, without anybody writing', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, clock } = at
    await at.publish('base', 'a')
    const latest = at.channel('base', 'latest')
    const before = await registry.channels.head(admin, latest)
    const revokeAt = clock.time + 3_600_000
    await registry.versions.update(admin, at.version('base', 'a'), { revokeAt })
    const scheduled = await registry.channels.head(admin, latest)
    expect(await registry.channels.get(admin, latest)).toMatchObject({
      version: { status: 'revocation-scheduled', revocation: { at: revokeAt } },
    })
    clock.time = revokeAt
    const revoked = await registry.channels.get(admin, latest)
    expect(revoked.version?.status).toBe('revoked')
    const revisions = [before, scheduled, revoked].map((channel) => channel.version?.revision)
    expect(new Set(revisions).size).toBe(3)
    expect((await registry.channels.head(admin, latest)).version?.revision).toBe(revisions[2])
  })

  test('a schedule may be changed, and taken back', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const { revision, updatedAt, ...plain } = await at.publish('base', 'a')
    const version = at.version('base', 'a')
    await registry.versions.update(admin, version, { revokeIn: '2d' })
    const again = await registry.versions.update(admin, version, { revokeIn: '1d' })
    expect(again.version.revocation?.at).toBe(at.clock.time + 86_400_000)
    expect(await at.assignments('base')).toEqual({ latest: 'v1' })
    await registry.versions.update(admin, version, { restore: true })
    const restored = await registry.versions.get(admin, version)
    expect(restored).toMatchObject(plain)
    expect(restored).not.toHaveProperty('revocation')
    expect(restored.revision).not.toBe(revision)
    expect(updatedAt).toBeLessThanOrEqual(restored.updatedAt)
    expect(await refusalOf(registry.versions.update(admin, version, { restore: true }))).toBe('version.valid')
  })

  test('a revocation comes down every path of ancestry and goes with its origin', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const base = await at.publish('base', 'a')
    const web = await at.publish('web', 'a', { id: base.id })
    await at.publish('shop', 'old')
    await at.publish('shop', 'a', { id: web.id })
    await registry.versions.update(admin, at.version('base', 'a'), now)
    const shop = await registry.versions.get(admin, at.version('shop', 'a'))
    expect(shop).toMatchObject({
      status: 'revoked',
      revocation: {
        ...{ at: at.clock.time, author: 'publisher', message: 'CVE-2026-1' },
        inheritedFrom: { bucketName: 'base', versionId: base.id, fingerprint: 'a', name: 'v1' },
      },
    })
    expect(await at.assignments('shop')).toEqual({ latest: 'v1' })
    expect(await at.assignments('web')).toEqual({ latest: null })
    expect(await refusalOf(registry.versions.update(admin, at.version('shop', 'a'), { restore: true }))).toBe(
      'version.inherited',
    )
    await registry.versions.update(admin, at.version('base', 'a'), { restore: true })
    expect((await registry.versions.get(admin, at.version('shop', 'a'))).status).toBe('active')
    expect(await at.assignments('shop')).toEqual({ latest: 'v1' })
  })

  test('descendants are spared when that is asked for, those that come later too', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const base = await at.publish('base', 'a')
    await at.publish('web', 'a', { id: base.id })
    await registry.versions.update(admin, at.version('base', 'a'), {
      ...now,
      skipDescendantsRevocation: true,
    })
    await at.publish('web', 'b', { id: base.id })
    for (const fingerprint of ['a', 'b'])
      expect((await registry.versions.get(admin, at.version('web', fingerprint))).status).toBe('active')
  })

  test('what is revoked through two ancestors stays so until both are restored', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const [left, right] = [await at.publish('left', 'a'), await at.publish('right', 'a')]
    const both = at.version('both', 'a')
    await registry.buckets.create(admin, at.project, { name: 'both' })
    await registry.versions.create(admin, both, { fingerprint: 'a' })
    const parents = [left.id, right.id] as const
    const builds = ['null.one', 'null.two'].map((componentType) =>
      registry.builds.create(admin, both, { componentType }),
    )
    for (const [index, { id: buildId }] of (await Promise.all(builds)).entries())
      await registry.builds.update(
        admin,
        { ...both, buildId },
        {
          ...{
            status: 'done',
            artifacts: [{ externalIdentifier: 'x', region: 'y' }],
            parentVersionId: parents[index]!,
          },
        },
      )
    const status = async () => (await registry.versions.get(admin, both)).status
    await registry.versions.update(admin, at.version('right', 'a'), { revokeIn: '1d' })
    await registry.versions.update(admin, at.version('left', 'a'), now)
    expect(await status()).toBe('revoked')
    await registry.versions.update(admin, at.version('left', 'a'), { restore: true })
    expect(await status()).toBe('revocation-scheduled')
    await registry.versions.update(admin, at.version('right', 'a'), { restore: true })
    expect(await status()).toBe('active')
  })

  test('an own revocation counts when it is the earlier one, and stays when the ancestor is restored', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const base = await at.publish('base', 'a')
    await at.publish('web', 'a', { id: base.id })
    const web = at.version('web', 'a')
    await registry.versions.update(admin, at.version('base', 'a'), { revokeIn: '2d' })
    const { version } = await registry.versions.update(admin, web, now)
    expect(version.revocation).not.toHaveProperty('inheritedFrom')
    await registry.versions.update(admin, at.version('base', 'a'), { restore: true })
    expect((await registry.versions.get(admin, web)).status).toBe('revoked')
  })

  test('a build recorded with a revoked parent makes its version inherit at once, and latest is not moved', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const base = await at.publish('base', 'a')
    await registry.versions.update(admin, at.version('base', 'a'), now)
    const web = await at.publish('web', 'a', { id: base.id })
    expect(web).toMatchObject({
      name: 'v1',
      status: 'revoked',
      revocation: { message: 'CVE-2026-1', inheritedFrom: { versionId: base.id } },
    })
    expect(await at.assignments('web')).toEqual({ latest: null })
    const shop = await at.publish('shop', 'a', { id: web.id })
    expect(shop.revocation?.inheritedFrom?.versionId).toBe(base.id)
  })

  test('a parent that is only scheduled lets its child become latest', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const base = await at.publish('base', 'a')
    await registry.versions.update(admin, at.version('base', 'a'), { revokeIn: '1d' })
    expect(await at.publish('web', 'a', { id: base.id })).toMatchObject({ status: 'revocation-scheduled' })
    expect(await at.assignments('web')).toEqual({ latest: 'v1' })
  })

  test('an incomplete version may be revoked; its heirs learn its number when it completes', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await registry.buckets.create(admin, at.project, { name: 'base' })
    const base = at.version('base', 'a')
    const { id } = await registry.versions.create(admin, base, { fingerprint: 'a' })
    const build = await registry.builds.create(admin, base, { componentType: 'null.one' })
    await registry.versions.update(admin, base, now)
    expect((await at.publish('web', 'a', { id })).revocation?.inheritedFrom?.name).toBe('v0')
    const head = await registry.versions.head(admin, at.version('web', 'a'))
    const artifacts = [{ externalIdentifier: 'x', region: 'y' }]
    await registry.builds.update(admin, { ...base, buildId: build.id }, { status: 'done', artifacts })
    expect((await registry.versions.get(admin, at.version('web', 'a'))).revocation?.inheritedFrom?.name).toBe(
      'v1',
    )
    expect(await registry.versions.head(admin, at.version('web', 'a'))).not.toEqual(head)
    expect(await at.assignments('base')).toEqual({ latest: null })
  })

  test('when the origin is deleted, what it left behind can be restored by hand', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const base = await at.publish('base', 'a')
    await at.publish('web', 'a', { id: base.id })
    await registry.versions.update(admin, at.version('base', 'a'), now)
    await registry.versions.delete(admin, at.version('base', 'a'), { rollbackChannels: false })
    expect(await registry.versions.get(admin, at.version('web', 'a'))).toMatchObject({
      ...{ status: 'revoked', revocation: { inheritedFrom: { bucketName: 'base', name: 'v1' } } },
    })
    await registry.versions.update(admin, at.version('web', 'a'), { restore: true })
    expect((await registry.versions.get(admin, at.version('web', 'a'))).status).toBe('active')
  })

  test('versions that claim each other as parents do not go round for ever', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await registry.buckets.create(admin, at.project, { name: 'ring' })
    const ids = []
    for (const fingerprint of ['a', 'b'])
      ids.push((await registry.versions.create(admin, at.bucket('ring'), { fingerprint })).id)
    await registry.builds.create(admin, at.version('ring', 'a'), {
      componentType: 'x',
      parentVersionId: ids[1]!,
    })
    await registry.builds.create(admin, at.version('ring', 'a'), {
      componentType: 'self',
      parentVersionId: ids[0]!,
    })
    await registry.builds.create(admin, at.version('ring', 'b'), {
      componentType: 'x',
      parentVersionId: ids[0]!,
    })
    const { version } = await registry.versions.update(admin, at.version('ring', 'a'), now)
    expect(version.revocation).not.toHaveProperty('inheritedFrom')
    expect(
      (await registry.versions.get(admin, at.version('ring', 'b'))).revocation?.inheritedFrom?.versionId,
    ).toBe(ids[0])
  })
})
