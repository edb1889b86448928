import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { TestRegistry } from '../testing/new-registry.ts'

const minute = 60_000

describe.each(drivers)('why a version is not complete, on %s', (_, create) => {
  test('names each build that is expected, with how far it is and what comes next', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin: plain } = at
    const admin = { ...plain, sourceChannel: 'packer/1.16.0 (linux)' }
    const image = { artifacts: [{ externalIdentifier: 'ami', region: 'us' }], platform: 'aws' }
    await registry.buckets.create(admin, at.project, { name: 'web' })
    const begin = async (fingerprint: string, components: readonly string[]) => {
      const version = at.version('web', fingerprint)
      await registry.versions.create(admin, version, { fingerprint })
      const ids: string[] = []
      for (const componentType of components)
        ids.push((await registry.builds.create(admin, version, { componentType })).id)
      return (index: number, change: Parameters<typeof registry.builds.update>[2]) =>
        registry.builds.update(admin, { ...version, buildId: ids[index]! }, change)
    }
    const whole = await begin('a', ['ebs.one', 'ebs.two'])
    const metadata = { packer: { options: { path: 'web.pkr.hcl' } } }
    await whole(0, { status: 'done', ...image, metadata })
    await whole(1, { status: 'done', ...image })

    const broken = await begin('b', ['ebs.one', 'ebs.three'])
    await broken(0, { status: 'failed' })
    await broken(1, { status: 'running' })
    const explain = () => registry.versions.explain(at.viewer, at.version('web', 'b'))
    expect(await explain()).toMatchObject({
      builds: [
        { componentType: 'ebs.one', state: 'failed' },
        { componentType: 'ebs.three', state: 'running', givenUpAt: at.clock.time + 10 * minute },
        { componentType: 'ebs.two', state: 'missing', buildId: '' },
      ],
      comparedWith: { name: 'v1', fingerprint: 'a' },
      next: { step: 'wait', components: ['ebs.one', 'ebs.two'] },
      templatePath: 'web.pkr.hcl',
    })
    at.clock.time += 6 * minute
    expect((await explain()).next).toEqual({
      step: 'resume',
      components: ['ebs.one', 'ebs.three', 'ebs.two'],
    })
    at.clock.time += 6 * minute
    await registry.builds.cancelStalled()
    expect((await explain()).builds[1]).toMatchObject({ state: 'cancelled', givenUpAt: null })
  })

  test('a build that ran without what its bucket enforces is named so', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await registry.buckets.create(admin, at.project, { name: 'web' })
    const content = {
      label: 'v1',
      templateType: 'hcl2',
      content: 'provisioner "x" {}',
      description: '',
    } as const
    const { latestVersion } = await registry.enforcedBlocks.create(admin, at.project, {
      name: 'cis',
      ...content,
    })
    const { blockId, id: versionId } = latestVersion!
    await registry.enforcedBlocks.link(admin, { ...at.project, blockId, versionId }, ['web'])
    await at.publish('web', 'a')
    const version = at.version('web', 'b')
    await registry.versions.create(admin, version, { fingerprint: 'b' })
    const { id: buildId } = await registry.builds.create(admin, version, { componentType: 'null.one' })
    await registry.builds.update(admin, { ...version, buildId }, { status: 'running' })
    expect((await registry.versions.explain(admin, version)).builds).toMatchObject([
      { componentType: 'null.one', unenforced: ['cis'] },
    ])
  })

  test('a complete version needs nothing, and is measured by the one before it', async () => {
    await using at = await TestRegistry.open(create)
    await at.publish('web', 'a')
    await at.publish('web', 'b')
    expect(await at.registry.versions.explain(at.viewer, at.version('web', 'a'))).toMatchObject({
      comparedWith: null,
      next: { step: 'nothing' },
    })
    expect((await at.registry.versions.explain(at.viewer, at.version('web', 'b'))).comparedWith?.name).toBe(
      'v1',
    )
  })
})
