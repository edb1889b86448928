import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

describe.each(drivers)('channels that are kept, on %s', (_, create) => {
  test('a channel is the same until something is committed, and then what is true now', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('web', 'a')
    const latest = at.channel('web', 'latest')
    const first = await registry.channels.head(admin, latest)
    expect((await registry.channels.head(admin, latest)).channel).toBe(first.channel)
    await at.publish('web', 'b')
    const second = await registry.channels.head(admin, latest)
    expect(second.version?.id).not.toBe(first.version?.id)
    expect(second.version?.id).toBe((await registry.channels.get(admin, latest)).version?.id)
  })

  test('what is kept is open to nobody who may not see it', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, viewer } = at
    await at.publish('web', 'a')
    const latest = at.channel('web', 'latest')
    await registry.channels.head(admin, latest)
    expect(await refusalOf(registry.channels.head(viewer, latest))).toBe('channel.restricted')
    const stranger = { ...admin, organizationId: '11111111-1111-4111-8111-111111111111' }
    expect(await refusalOf(registry.channels.head(stranger, latest))).toBe('project.absent')
    const slashed = { ...latest, bucket: 'web/latest', channel: '' }
    expect(await refusalOf(registry.channels.head(admin, slashed))).toBe('bucket.absent')
  })

  test('a channel that was deleted is gone at once', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('web', 'a')
    await registry.channels.create(admin, at.bucket('web'), { name: 'stable', versionFingerprint: 'a' })
    await registry.channels.head(admin, at.channel('web', 'stable'))
    await registry.channels.delete(admin, at.channel('web', 'stable'))
    expect(await refusalOf(registry.channels.head(admin, at.channel('web', 'stable')))).toBe('channel.absent')
  })
})
