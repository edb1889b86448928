import { describe, expect, test } from 'vitest'
import type { NewEnforcedBlock } from '../inputs.ts'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

const harden: NewEnforcedBlock = {
  ...{ name: 'harden', label: 'v1', templateType: 'hcl2', description: '' },
  content: 'provisioner "shell-local" {\n  inline = ["echo hardened"]\n}\n',
}

/** A block of one version, linked to the bucket `web`. */
async function linked(at: TestRegistry) {
  const { registry, admin, project } = at
  await registry.buckets.create(admin, project, { name: 'web' })
  const block = await registry.enforcedBlocks.create(admin, project, harden)
  const first = { ...project, blockId: block.id, versionId: block.latestVersion!.id }
  await registry.enforcedBlocks.link(admin, first, ['web'])
  return { block, first }
}

const enforced = async (at: TestRegistry, bucket: string) =>
  (await at.registry.enforcedBlocks.ofBucket(at.admin, at.bucket(bucket))).map(
    ({ name, version }) => `${name} ${version.label}`,
  )

describe.each(drivers)('enforced blocks on %s', (_, create) => {
  test('are what builds of the linked buckets must run, in the order of linking', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, project } = at
    await linked(at)
    await registry.buckets.create(admin, project, { name: 'other' })
    const audit = await registry.enforcedBlocks.create(admin, project, { ...harden, name: 'audit' })
    const version = { ...project, blockId: audit.id, versionId: audit.latestVersion!.id }
    await registry.enforcedBlocks.link(admin, version, ['other', 'web'])
    expect(await enforced(at, 'web')).toEqual(['harden v1', 'audit v1'])
    expect(await enforced(at, 'other')).toEqual(['audit v1'])
    const links = await registry.enforcedBlocks.linkedBuckets(admin, version)
    expect(links.map(({ bucket }) => bucket.name)).toEqual(['other', 'web'])
  })

  test('change over to another version in one step, without a moment of none', async () => {
    await using at = await TestRegistry.open(create)
    const { block, first } = await linked(at)
    const { registry, admin, project } = at
    const next = { ...harden, blockId: block.id, label: 'v2', content: 'provisioner "shell" {}' }
    const { id } = await registry.enforcedBlocks.createVersion(admin, project, next)
    await registry.enforcedBlocks.link(admin, { ...first, versionId: id }, ['web'])
    expect(await enforced(at, 'web')).toEqual(['harden v2'])
    expect(await registry.enforcedBlocks.linkedBuckets(admin, first)).toEqual([])
    const shown = await registry.enforcedBlocks.get(admin, project, block.id)
    expect(shown.latestVersion).toMatchObject({ label: 'v2' })
  })

  test('are linked to all of the named buckets or to none', async () => {
    await using at = await TestRegistry.open(create)
    const { first } = await linked(at)
    const link = (names: string[]) => refusalOf(at.registry.enforcedBlocks.link(at.admin, first, names))
    expect(await link(['none'])).toBe('bucket.absent')
    expect(await enforced(at, 'web')).toEqual(['harden v1'])
    expect(await link([])).toBeUndefined()
    expect(await enforced(at, 'web')).toEqual([])
  })

  test('are deleted when no bucket is linked to them any more', async () => {
    await using at = await TestRegistry.open(create)
    const { block, first } = await linked(at)
    const { enforcedBlocks } = at.registry
    const { admin, project } = at
    expect(await refusalOf(enforcedBlocks.delete(admin, project, block.id))).toBe('enforced-block.linked')
    expect(await refusalOf(enforcedBlocks.deleteVersion(admin, first))).toBe('enforced-block.linked')
    await enforcedBlocks.link(admin, first, [])
    await enforcedBlocks.deleteVersion(admin, first)
    await enforcedBlocks.delete(admin, project, block.id)
    expect(await refusalOf(enforcedBlocks.get(admin, project, block.id))).toBe('enforced-block.absent')
    expect(await enforcedBlocks.list(admin, project)).toEqual([])
  })

  test('go with a bucket that is deleted, and stay for the others', async () => {
    await using at = await TestRegistry.open(create)
    const { block, first } = await linked(at)
    await at.registry.buckets.delete(at.admin, at.bucket('web'))
    expect(await at.registry.enforcedBlocks.linkedBuckets(at.admin, first)).toEqual([])
    expect((await at.registry.enforcedBlocks.get(at.admin, at.project, block.id)).name).toBe('harden')
  })

  test.each([
    ['a name that is taken', {}, 'enforced-block.exists'],
    ['no name', { name: '' }, 'name.malformed'],
    ['no version', { name: 'a', label: '' }, 'name.malformed'],
    ['no content', { name: 'a', content: ' \n' }, 'enforced-block.empty'],
    ['JSON that is none', { name: 'a', templateType: 'json', content: '{' }, 'enforced-block.json'],
    ['JSON without provisioners', { name: 'a', templateType: 'json', content: '[]' }, 'enforced-block.json'],
    ['too much content', { name: 'a', content: 'x'.repeat(131_073) }, 'text.too-long'],
  ] as const)('are refused with %s', async (_name, words, code) => {
    await using at = await TestRegistry.open(create)
    await linked(at)
    const made = at.registry.enforcedBlocks.create(at.admin, at.project, { ...harden, ...words })
    expect(await refusalOf(made)).toBe(code)
  })

  test('are not changed by a viewer, and every change is audited', async () => {
    await using at = await TestRegistry.open(create)
    const { first } = await linked(at)
    expect(await refusalOf(at.registry.enforcedBlocks.link(at.viewer, first, []))).toBe('access.denied')
    const events = (await at.events()).filter(({ action }) => action.startsWith('enforced-block.'))
    expect(events.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['enforced-block.create', 'done'],
      ['enforced-block.link', 'done'],
      ['enforced-block.link', 'access.denied'],
    ])
  })
})

describe.each(drivers)('a build that must run a block, on %s', (_, create) => {
  /** What packer does: registers its build, asks what it must run unless told not to, and starts. */
  async function build(at: TestRegistry, fingerprint: string, asks: boolean) {
    const { registry } = at
    const packer = { ...at.admin, sourceChannel: 'packer/1.16.0' }
    const version = at.version('web', fingerprint)
    at.clock.time += 1000
    await registry.versions.create(packer, version, { fingerprint })
    const { id: buildId } = await registry.builds.create(packer, version, { componentType: 'null.one' })
    at.clock.time += 10
    if (asks) await registry.enforcedBlocks.ofBucket(packer, at.bucket('web'))
    await registry.builds.update(packer, { ...version, buildId }, { status: 'running' })
    return (await registry.enforcedBlocks.ofVersion(packer, version)).map(
      ({ componentType, blockName, versionLabel, told }) => [componentType, blockName, versionLabel, told],
    )
  }

  test('is marked when its publisher never asked', async () => {
    await using at = await TestRegistry.open(create)
    await linked(at)
    expect(await build(at, 'a', true)).toEqual([['null.one', 'harden', 'v1', true]])
    expect(await build(at, 'b', false)).toEqual([['null.one', 'harden', 'v1', false]])
  })

  test('is not marked where nothing is enforced', async () => {
    await using at = await TestRegistry.open(create)
    const { first } = await linked(at)
    await at.registry.enforcedBlocks.link(at.admin, first, [])
    expect(await build(at, 'a', false)).toEqual([])
  })
})
