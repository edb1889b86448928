import { describe, expect, test } from 'vitest'
import type { Caller } from '../domain/caller.ts'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

describe.each(drivers)('the audit on %s', (_, create) => {
  test('every change is one row: who, from where, what, before and after', async () => {
    await using at = await TestRegistry.open(create)
    const { registry } = at
    const caller: Caller = { ...at.admin, address: '127.0.0.1', sourceChannel: 'packer/1.16.0' }
    await registry.buckets.create(caller, at.project, { name: 'base', description: 'old' })
    await registry.buckets.update(caller, at.bucket('base'), { description: 'new' })
    await registry.buckets.get(caller, at.bucket('base'))
    const events = (await at.events()).slice(1)
    expect(events).toMatchObject([
      {
        ...{
          sequence: 2,
          action: 'bucket.create',
          object: 'bucket/base',
          outcome: 'done',
          before: null,
          message: null,
        },
        ...{
          principalName: 'publisher',
          address: '127.0.0.1',
          sourceChannel: 'packer/1.16.0',
          projectId: at.project.projectId,
        },
      },
      {
        ...{ sequence: 3, action: 'bucket.update', object: 'bucket/base' },
        ...{ before: '{"description":"old","labels":{}}', after: '{"description":"new","labels":{}}' },
      },
    ])
  })

  test('every refusal is one row, of reads too, and nothing else of it is kept', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, viewer } = at
    await registry.buckets.create(admin, at.project, { name: 'base' })
    await registry.channels
      .create(admin, at.bucket('base'), { name: 'stable', versionFingerprint: 'none' })
      .catch(() => 0)
    await refusalOf(registry.versions.get(admin, at.version('base', 'none')))
    await refusalOf(registry.buckets.delete(viewer, at.bucket('base')))
    await refusalOf(
      registry.buckets.get({ ...admin, grants: new Map([['other', 'admin']]) }, at.bucket('base')),
    )
    expect((await at.events()).slice(2)).toMatchObject([
      { action: 'channel.create', object: 'bucket/base/channel/stable', outcome: 'channel.version-absent' },
      { action: 'version.read', object: 'bucket/base/version/none', outcome: 'version.unknown' },
      {
        action: 'bucket.delete',
        outcome: 'access.denied',
        principalName: 'reader',
        message: expect.stringContaining('contributor'),
      },
      { action: 'bucket.read', outcome: 'project.absent' },
    ])
    expect(await at.assignments('base')).toEqual({ latest: null })
  })

  test('a viewer changes nothing, whatever is tried', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, viewer } = at
    const { builds } = await at.publish('base', 'a')
    const [bucket, version, channel] = [
      at.bucket('base'),
      at.version('base', 'a'),
      at.channel('base', 'latest'),
    ]
    const build = { ...version, buildId: builds[0]!.id }
    const attempts = [
      registry.buckets.create(viewer, at.project, { name: 'new' }),
      registry.buckets.update(viewer, bucket, {}),
      registry.buckets.delete(viewer, bucket),
      registry.versions.create(viewer, bucket, { fingerprint: 'b' }),
      registry.versions.update(viewer, version, { revokeIn: '0s' }),
      registry.versions.delete(viewer, version, { rollbackChannels: true }),
      registry.builds.create(viewer, version, { componentType: 'x' }),
      registry.builds.update(viewer, build, {}),
      registry.builds.delete(viewer, build),
      registry.channels.create(viewer, bucket, { name: 'new' }),
      registry.channels.update(viewer, channel, { updateMask: 'restricted' }),
      registry.channels.delete(viewer, channel),
      registry.channels.promote(viewer, bucket, { sourceChannel: 'latest', targetChannel: 'new' }),
    ]
    for (const attempt of attempts) expect(await refusalOf(attempt)).toBe('access.denied')
  })

  test('texts of the caller are cut and cleaned before they are written down', async () => {
    await using at = await TestRegistry.open(create)
    const name = `a\0${'x'.repeat(1_000_000)}\ud800`
    expect(
      await refusalOf(at.registry.buckets.create({ ...at.admin, sourceChannel: name }, at.project, { name })),
    ).toBe('name.malformed')
    const event = (await at.events()).at(-1)!
    expect(event.object.length).toBeLessThan(300)
    expect(`${event.object}${event.sourceChannel}${event.message}`).not.toMatch(/\0/)
  })

  test('a refusal from outside of the use cases is written down, with as much as is known', async () => {
    await using at = await TestRegistry.open(create)
    const outer = { action: 'token.issue', object: 'client', address: '127.0.0.1' }
    await at.registry.audit.refused({
      ...outer,
      code: 'request.malformed',
      params: { problem: 'no JSON' },
    })
    expect((await at.events()).at(-1)).toMatchObject({
      ...outer,
      outcome: 'request.malformed',
      principalId: null,
    })
  })

  test('places are counted without gaps', async () => {
    await using at = await TestRegistry.open(create)
    const names = Array.from({ length: 40 }, (_, index) => `bucket-${index % 30}`)
    await Promise.all(
      names.map((name) => refusalOf(at.registry.buckets.create(at.admin, at.project, { name }))),
    )
    const events = await at.events()
    expect(events.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 41 }, (_, index) => index + 1),
    )
  })
})
