import { describe, expect, test } from 'vitest'
import { clientsPerConsumer } from '../domain/limits.ts'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

describe.each(drivers)('consumers on %s', (_, create) => {
  test('are told by principal, client, channel and version, the latest first', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, viewer } = at
    const first = await at.publish('web', 'a')
    const second = await at.publish('web', 'b')
    const { id: stable } = await registry.channels.create(admin, at.bucket('web'), { name: 'stable' })
    const terraform = {
      ...viewer,
      principalId: 'tf',
      sourceChannel: 'terraform-provider-hcp/0.112.0 (linux)',
    }
    const began = at.clock.time
    registry.consumers.count(terraform, first.id, stable)
    at.clock.time += 1000
    registry.consumers.count(terraform, first.id, stable)
    at.clock.time += 1000
    registry.consumers.count(admin, second.id)
    registry.consumers.count(admin, undefined)
    const { consumers, whole } = await registry.consumers.list(viewer, at.bucket('web'))
    expect(consumers).toMatchObject([
      { versionName: 'v2', channelName: '', principalName: 'publisher', client: '', reads: 1 },
      {
        ...{ versionName: 'v1', channelName: 'stable', principalName: 'reader', reads: 2 },
        ...{ client: 'terraform-provider-hcp/0.112.0', firstReadAt: began, lastReadAt: began + 1000 },
      },
    ])
    expect(whole).toBe(true)
    const named = async (word: string) =>
      (await registry.consumers.list(admin, at.bucket('web'), word)).consumers.map((each) => each.versionName)
    expect([await named('v1'), await named('b')]).toEqual([['v1'], ['v2']])
    expect(await refusalOf(registry.consumers.list(admin, at.bucket('web'), 'v7'))).toBe('version.absent')
  })

  test('add up over many writes, and go with their version', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const { id } = await at.publish('web', 'a')
    for (let times = 0; times < 3; times++) {
      registry.consumers.count(admin, id)
      await registry.consumers.write()
    }
    const list = async () => (await registry.consumers.list(admin, at.bucket('web'))).consumers
    expect(await list()).toMatchObject([{ reads: 3 }])
    await registry.versions.delete(admin, at.version('web', 'a'), { rollbackChannels: true })
    registry.consumers.count(admin, id)
    expect(await list()).toEqual([])
  })

  test('that read through a channel which the caller may not see are not shown to it', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, viewer } = at
    const { id } = await at.publish('web', 'a')
    const latest = await registry.channels.get(admin, at.channel('web', 'latest'))
    registry.consumers.count(admin, id, latest.id)
    expect((await registry.consumers.list(viewer, at.bucket('web'))).consumers).toEqual([])
    expect((await registry.consumers.list(admin, at.bucket('web'))).consumers).toHaveLength(1)
  })

  test('that name themselves ever anew take up no more than so many rows', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const { id } = await at.publish('web', 'a')
    const times = clientsPerConsumer + 5
    for (let time = 0; time < times; time++)
      registry.consumers.count({ ...admin, sourceChannel: `client/${time}` }, id)
    const { consumers } = await registry.consumers.list(admin, at.bucket('web'))
    expect(consumers).toHaveLength(clientsPerConsumer + 1)
    expect(consumers.reduce((sum, { reads }) => sum + reads, 0)).toBe(times)
  })
})
