import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

describe.each(drivers)('the registry of a project on %s', (_, create) => {
  test('refuses everything but calls about itself while it is deactivated, and loses nothing', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, project } = at
    await at.publish('base', 'a')
    await registry.registries.update(admin, project, { activated: false })
    expect(await registry.registries.get(admin, project)).toMatchObject({ activated: false, tier: 'plus' })
    const refused = 'registry.inactive'
    expect(await refusalOf(registry.versions.get(admin, at.version('base', 'a')))).toBe(refused)
    expect(await refusalOf(registry.channels.head(admin, at.channel('base', 'latest')))).toBe(refused)
    expect(await refusalOf(registry.buckets.create(admin, project, { name: 'web' }))).toBe(refused)
    expect(await refusalOf(registry.registries.untracked(admin, project))).toBe(refused)
    await registry.registries.update(admin, project, { activated: true })
    expect(await registry.versions.get(admin, at.version('base', 'a'))).toMatchObject({ name: 'v1' })
  })

  test('goes with everything in it, and can be made anew', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, project } = at
    await at.publish('base', 'a')
    const content = { label: 'v1', templateType: 'hcl2', content: 'x', description: '' } as const
    const block = await registry.enforcedBlocks.create(admin, project, { name: 'harden', ...content })
    const version = { ...project, blockId: block.id, versionId: block.latestVersion!.id }
    await registry.enforcedBlocks.link(admin, version, ['base'])
    await registry.registries.delete(admin, project)
    expect(await refusalOf(registry.registries.get(admin, project))).toBe('registry.absent')
    expect(await refusalOf(registry.buckets.get(admin, at.bucket('base')))).toBe('registry.absent')
    await registry.registries.create(admin, project, 'standard')
    expect(await refusalOf(registry.registries.create(admin, project, 'plus'))).toBe('registry.exists')
    expect(await registry.enforcedBlocks.list(admin, project)).toEqual([])
    expect((await registry.buckets.list(admin, project, {})).items).toEqual([])
  })
})

describe.each(drivers)('the run task on %s', (_, create) => {
  test('has an address and a key that stay the same until the key is renewed', async () => {
    await using at = await TestRegistry.open(create)
    const { registries } = at.registry
    const first = await registries.runTask(at.admin, at.project, 'validation')
    expect(first.path).toMatch(/^\/run-tasks\/[0-9a-f]{32}\/validation$/)
    expect(await registries.runTask(at.admin, at.project, 'validation')).toEqual(first)
    const renewed = await registries.renewRunTaskKey(at.admin, at.project)
    expect(renewed.path).toBe(first.path)
    expect(renewed.hmacKey).not.toBe(first.hmacKey)
    expect(await registries.runTask(at.admin, at.project, 'validation')).toEqual(renewed)
    const other = await registries.runTask(at.admin, at.project, 'resource-validation')
    expect(other.hmacKey).toBe(renewed.hmacKey)
    expect(await refusalOf(registries.runTask(at.admin, at.project, 'audit'))).toBe('run-task.absent')
  })

  test('shows its key to no viewer, and to nobody without an audit row', async () => {
    await using at = await TestRegistry.open(create)
    const { registries } = at.registry
    expect(await refusalOf(registries.runTask(at.viewer, at.project, 'validation'))).toBe('access.denied')
    const { hmacKey } = await registries.runTask(at.admin, at.project, 'validation')
    const events = await at.events()
    expect(events.slice(-2).map(({ action, outcome }) => [action, outcome])).toEqual([
      ['run-task.read', 'access.denied'],
      ['run-task.read', 'done'],
    ])
    expect(JSON.stringify(events)).not.toContain(hmacKey)
  })

  test('keeps what to make of unknown images', async () => {
    await using at = await TestRegistry.open(create)
    const { registries } = at.registry
    expect(await registries.untracked(at.admin, at.project)).toBe('unset')
    await registries.setUntracked(at.admin, at.project, 'fail')
    expect(await registries.untracked(at.viewer, at.project)).toBe('fail')
  })
})
