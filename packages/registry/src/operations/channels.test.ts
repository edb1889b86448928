import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

describe.each(drivers)('channels on %s', (_, create) => {
  test('a channel points where it is told to, and remembers by whose hand', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('base', 'a')
    await at.publish('base', 'b')
    const stable = at.channel('base', 'stable')
    const made = await registry.channels.create(admin, at.bucket('base'), {
      name: 'stable',
      versionFingerprint: 'a',
    })
    expect(made).toMatchObject({
      name: 'stable',
      author: 'publisher',
      managed: false,
      restricted: false,
      version: { name: 'v1' },
    })
    const mask = { updateMask: 'versionFingerprint' }
    await registry.channels.update(admin, stable, { ...mask, versionFingerprint: 'b' })
    await registry.channels.update(admin, stable, { ...mask, versionFingerprint: 'b' })
    expect((await registry.channels.update(admin, stable, mask)).version).toBeNull()
    const history = await registry.channels.history(admin, stable, {})
    expect(history.items.map(({ version, author }) => [version?.name ?? null, author])).toEqual([
      [null, 'publisher'],
      ['v2', 'publisher'],
      ['v1', 'publisher'],
    ])
    expect(history.count).toBe(3)
    const latest = await registry.channels.history(admin, at.channel('base', 'latest'), { pageSize: '1' })
    expect(latest).toMatchObject({ count: 2, items: [{ author: 'HCP Packer', version: { name: 'v2' } }] })
  })

  test('what cannot be assigned is refused, and nothing of the channel is made', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('base', 'a')
    await registry.versions.create(admin, at.bucket('base'), { fingerprint: 'draft' })
    const make = (versionFingerprint: string) =>
      refusalOf(registry.channels.create(admin, at.bucket('base'), { name: 'stable', versionFingerprint }))
    expect(await make('draft')).toBe('channel.version-incomplete')
    expect(await make('none')).toBe('channel.version-absent')
    expect(await at.assignments('base')).toEqual({ latest: 'v1' })
    await registry.channels.create(admin, at.bucket('base'), { name: 'stable', restricted: true })
    const change = (words: object) =>
      refusalOf(registry.channels.update(admin, at.channel('base', 'stable'), words))
    expect(await change({ versionFingerprint: 'a' })).toBe('channel.mask-absent')
    expect(await change({ updateMask: 'versionFingerprint', versionFingerprint: 'none' })).toBe(
      'channel.version-absent',
    )
    expect(await refusalOf(registry.channels.update(admin, at.channel('base', 'none'), {}))).toBe(
      'channel.mask-absent',
    )
    expect(
      await refusalOf(
        registry.channels.update(admin, at.channel('base', 'none'), { updateMask: 'restricted' }),
      ),
    ).toBe('channel.absent')
  })

  test('the managed channel is the registry’s own, but for its restriction', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('base', 'a')
    const latest = at.channel('base', 'latest')
    const assign = { updateMask: 'versionFingerprint', versionFingerprint: 'a' }
    expect(await refusalOf(registry.channels.update(admin, latest, assign))).toBe('channel.managed-assigned')
    expect(await refusalOf(registry.channels.delete(admin, latest))).toBe('channel.managed-deleted')
    await registry.channels.create(admin, at.bucket('base'), { name: 'stable', versionFingerprint: 'a' })
    const promotion = { sourceChannel: 'stable', targetChannel: 'latest' }
    expect(await refusalOf(registry.channels.promote(admin, at.bucket('base'), promotion))).toBe(
      'channel.managed-target',
    )
    expect((await registry.channels.update(admin, latest, { updateMask: 'restricted' })).restricted).toBe(
      false,
    )
  })

  test('promotion copies an assignment', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('base', 'a')
    const bucket = at.bucket('base')
    for (const name of ['dev', 'prod']) await registry.channels.create(admin, bucket, { name })
    const promote = (sourceChannel: string, targetChannel: string) =>
      registry.channels.promote(admin, bucket, { sourceChannel, targetChannel })
    expect(await refusalOf(promote('dev', 'prod'))).toBe('channel.empty')
    expect(await refusalOf(promote('none', 'prod'))).toBe('channel.absent')
    const { source, target } = await promote('latest', 'prod')
    expect([source.name, target.name, target.version?.name]).toEqual(['latest', 'prod', 'v1'])
  })

  test('a reader sees no restricted channel in lists and is told so when asking for one', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, viewer } = at
    await at.publish('base', 'a')
    await registry.channels.create(admin, at.bucket('base'), { name: 'open', versionFingerprint: 'a' })
    expect((await registry.channels.list(viewer, at.bucket('base'))).map(({ name }) => name)).toEqual([
      'open',
    ])
    const latest = at.channel('base', 'latest')
    expect(await refusalOf(registry.channels.get(viewer, latest))).toBe('channel.restricted')
    expect(await refusalOf(registry.channels.head(viewer, latest))).toBe('channel.restricted')
    expect(await refusalOf(registry.channels.history(viewer, latest, {}))).toBe('channel.restricted')
    expect((await registry.channels.get(viewer, at.channel('base', 'open'))).version?.name).toBe('v1')
  })

  test('a deleted channel is gone with its history', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('base', 'a')
    const stable = { name: 'stable', versionFingerprint: 'a' }
    await registry.channels.create(admin, at.bucket('base'), stable)
    await registry.channels.delete(admin, at.channel('base', 'stable'))
    expect(await refusalOf(registry.channels.delete(admin, at.channel('base', 'stable')))).toBe(
      'channel.absent',
    )
    await registry.channels.create(admin, at.bucket('base'), { name: 'stable' })
    expect((await registry.channels.history(admin, at.channel('base', 'stable'), {})).count).toBe(0)
  })

  test('a version on a channel of a user stays; latest falls back and is empty after the last', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('base', 'a')
    await at.publish('base', 'b')
    await registry.channels.create(admin, at.bucket('base'), { name: 'stable', versionFingerprint: 'b' })
    const remove = (fingerprint: string, rollbackChannels = false) =>
      refusalOf(registry.versions.delete(admin, at.version('base', fingerprint), { rollbackChannels }))
    expect(await remove('b')).toBe('version.assigned')
    expect(await remove('b', true)).toBeUndefined()
    expect(await at.assignments('base')).toEqual({ latest: 'v1', stable: null })
    expect(await remove('a')).toBeUndefined()
    expect(await at.assignments('base')).toEqual({ latest: null, stable: null })
  })
})
