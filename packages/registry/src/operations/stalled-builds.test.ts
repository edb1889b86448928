import { describe, expect, test } from 'vitest'
import { heartbeatSilence } from '../domain/stalled.ts'
import { drivers } from '../testing/drivers.ts'
import { TestRegistry } from '../testing/new-registry.ts'

/** A version whose one build runs. */
async function running(at: TestRegistry, sourceChannel: string) {
  const { registry } = at
  const publisher = { ...at.admin, sourceChannel }
  const version = at.version('base', 'a')
  await registry.buckets.create(publisher, at.project, { name: 'base' })
  await registry.versions.create(publisher, version, { fingerprint: 'a' })
  const build = { componentType: 'null.one', status: 'running' } as const
  const { id: buildId } = await registry.builds.create(publisher, version, build)
  return { publisher, version, build: { ...version, buildId } }
}

describe.each(drivers)('a build that falls silent on %s', (_, create) => {
  test('is cancelled, which its version shows and the audit names', async () => {
    await using at = await TestRegistry.open(create)
    const { version } = await running(at, 'packer/1.16.0')
    at.clock.time += heartbeatSilence
    expect(await at.registry.builds.cancelStalled()).toBe(0)
    at.clock.time += 1
    expect(await at.registry.builds.cancelStalled()).toBe(1)
    expect(await at.registry.versions.get(at.admin, version)).toMatchObject({
      status: 'cancelled',
      name: 'v0',
    })
    const events = await at.events()
    expect(events.at(-1)).toMatchObject({
      ...{
        action: 'build.expire',
        outcome: 'done',
        principalName: 'HCP Packer',
        projectId: version.projectId,
      },
      object: expect.stringMatching(/^bucket\/base\/version\/a\/build\//),
    })
    expect(await at.registry.builds.cancelStalled()).toBe(0)
  })

  test('is left alone while it says that it runs', async () => {
    await using at = await TestRegistry.open(create)
    const { publisher, build } = await running(at, 'packer/1.16.0')
    for (let beat = 0; beat < 12; beat++) {
      at.clock.time += 2 * 60_000
      await at.registry.builds.update(publisher, build, { status: 'running' })
      expect(await at.registry.builds.cancelStalled()).toBe(0)
    }
  })

  test('is given a day when its publisher never says that it runs', async () => {
    await using at = await TestRegistry.open(create)
    await running(at, 'packer/1.7.10')
    at.clock.time += 23 * 3_600_000
    expect(await at.registry.builds.cancelStalled()).toBe(0)
    at.clock.time += 2 * 3_600_000
    expect(await at.registry.builds.cancelStalled()).toBe(1)
  })

  test('may still come to its end: a laptop that slept finishes its version', async () => {
    await using at = await TestRegistry.open(create)
    const { publisher, version, build } = await running(at, 'packer/1.16.0')
    at.clock.time += 3 * heartbeatSilence
    await at.registry.builds.cancelStalled()
    const artifacts = [{ externalIdentifier: 'ami-1', region: 'here' }]
    await at.registry.builds.update(publisher, build, { status: 'done', platform: 'aws', artifacts })
    expect(await at.registry.versions.get(at.admin, version)).toMatchObject({ status: 'active', name: 'v1' })
  })
})
