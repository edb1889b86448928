import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

const artifacts = [{ externalIdentifier: 'ami-1', region: 'us-east-1' }]

describe.each(drivers)('publishing on %s', (_, create) => {
  test('a bucket has its managed channel from the first instant', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const bucket = await registry.buckets.create(admin, at.project, { name: 'base', labels: { os: 'linux' } })
    expect(bucket).toMatchObject({ name: 'base', description: '', labels: { os: 'linux' }, versionCount: 0 })
    expect(bucket).toMatchObject({ latestVersion: null, platforms: [] })
    expect(await registry.channels.get(admin, at.channel('base', 'latest'))).toMatchObject({
      ...{
        name: 'latest',
        managed: true,
        restricted: true,
        author: 'HCP Packer',
        version: null,
        bucketName: 'base',
      },
    })
  })

  test('the build that is done last completes the version, moves latest and dates all of it the same', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, clock } = at
    await registry.buckets.create(admin, at.project, { name: 'base' })
    const version = at.version('base', 'fp')
    expect(
      await registry.versions.create(admin, version, { fingerprint: 'fp', templateType: 'hcl2' }),
    ).toMatchObject({
      ...{
        name: 'v0',
        number: 0,
        status: 'incomplete',
        templateType: 'hcl2',
        author: 'publisher',
        builds: [],
      },
    })
    const one = await registry.builds.create(admin, version, {
      componentType: 'null.one',
      status: 'unset',
      artifacts: [],
    })
    const two = await registry.builds.create(admin, version, { componentType: 'null.two' })
    await registry.builds.update(
      admin,
      { ...version, buildId: one.id },
      { status: 'running', packerRunUuid: 'run' },
    )
    expect((await registry.versions.get(admin, version)).status).toBe('running')
    const end = { status: 'done', platform: 'aws', artifacts } as const
    await registry.builds.update(
      admin,
      { ...version, buildId: one.id },
      { ...end, metadata: { packer: { version: '1.16.0' } } },
    )
    expect(await registry.versions.get(admin, version)).toMatchObject({ name: 'v0', status: 'incomplete' })
    clock.time += 5000
    await registry.builds.update(
      admin,
      { ...version, buildId: two.id },
      { ...end, platform: 'gce', labels: { a: 'b' } },
    )

    const complete = await registry.versions.get(admin, version)
    expect(complete).toMatchObject({ name: 'v1', number: 1, status: 'active', updatedAt: clock.time })
    expect(complete.builds.map((build) => build.componentType)).toEqual(['null.one', 'null.two'])
    expect(complete.builds[0]).toMatchObject({
      status: 'done',
      metadata: { packer: { version: '1.16.0' } },
      artifacts,
    })
    const channel = await registry.channels.get(admin, at.channel('base', 'latest'))
    expect(channel).toMatchObject({
      updatedAt: clock.time,
      version: { id: complete.id, builds: [{ artifacts }, {}] },
    })
    expect(channel.version?.builds[0]).not.toHaveProperty('metadata')
    expect(await registry.buckets.get(admin, at.bucket('base'))).toMatchObject({
      ...{ platforms: ['aws', 'gce'], versionCount: 1, latestVersion: { name: 'v1' }, updatedAt: clock.time },
    })
  })

  test('builds that are done in the same instant complete every version, each with a number of its own', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await registry.buckets.create(admin, at.project, { name: 'base' })
    const fingerprints = Array.from({ length: 50 }, (_none, index) => `fp-${index}`)
    const publish = async (fingerprint: string) => {
      const version = at.version('base', fingerprint)
      await registry.versions.create(admin, version, { fingerprint })
      const components = ['null.one', 'null.two'].map((componentType) =>
        registry.builds.create(admin, version, { componentType }),
      )
      const end = { status: 'done', platform: 'aws', artifacts } as const
      const builds = await Promise.all(components)
      await Promise.all(
        builds.map(({ id }) => registry.builds.update(admin, { ...version, buildId: id }, end)),
      )
      return (await registry.versions.get(admin, version)).number
    }
    const numbers = await Promise.all(fingerprints.map(publish))
    expect(numbers.toSorted((a, b) => a - b)).toEqual(fingerprints.map((_none, index) => index + 1))
    expect((await registry.buckets.get(admin, at.bucket('base'))).latestVersion?.number).toBe(50)
  })

  test('no reader ever sees all builds done and the version not complete', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await registry.buckets.create(admin, at.project, { name: 'base' })
    for (const fingerprint of ['one', 'two', 'three']) {
      const version = at.version('base', fingerprint)
      await registry.versions.create(admin, version, { fingerprint })
      const { id: buildId } = await registry.builds.create(admin, version, { componentType: 'null.one' })
      let over = false
      const end = registry.builds.update(admin, { ...version, buildId }, { status: 'done', artifacts })
      const ended = end.finally(() => {
        over = true
      })
      while (!over) {
        const { number, builds } = await registry.versions.get(admin, version)
        expect(number > 0).toBe(builds[0]?.status === 'done')
        await setImmediate()
      }
      await ended
    }
  })

  test('creators of one fingerprint or one name in the same instant are one creator and refusals', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const outcomes = (of: () => Promise<unknown>) =>
      Promise.all(Array.from({ length: 20 }, () => refusalOf(of())))
    const once = (code: string) => [undefined, ...Array(19).fill(code)]
    expect(await outcomes(() => registry.buckets.create(admin, at.project, { name: 'base' }))).toEqual(
      once('bucket.exists'),
    )
    const version = at.version('base', 'fp')
    expect(await outcomes(() => registry.versions.create(admin, version, { fingerprint: 'fp' }))).toEqual(
      once('version.exists'),
    )
    expect(await outcomes(() => registry.builds.create(admin, version, { componentType: 'x' }))).toEqual(
      once('build.exists'),
    )
  })

  test('numbers follow completion and a deleted newest number comes back', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    expect((await at.publish('base', 'a')).name).toBe('v1')
    expect((await at.publish('base', 'b')).name).toBe('v2')
    await registry.versions.delete(admin, at.version('base', 'b'), { rollbackChannels: false })
    expect((await at.publish('base', 'c')).name).toBe('v2')
    await registry.versions.delete(admin, at.version('base', 'a'), { rollbackChannels: false })
    expect((await at.publish('base', 'a')).name).toBe('v3')
    expect((await registry.buckets.get(admin, at.bucket('base'))).versionCount).toBe(2)
  })

  test('a complete version takes no more builds, and a build of it can still be deleted', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const { builds } = await at.publish('base', 'a')
    const version = at.version('base', 'a')
    expect(await refusalOf(registry.builds.create(admin, version, { componentType: 'null.two' }))).toBe(
      'build.version-complete',
    )
    await registry.builds.delete(admin, { ...version, buildId: builds[0]!.id })
    expect(await registry.versions.get(admin, version)).toMatchObject({
      name: 'v1',
      status: 'active',
      builds: [],
    })
  })

  test('deleting the only build that is not done completes the version', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await registry.buckets.create(admin, at.project, { name: 'base' })
    const version = at.version('base', 'fp')
    await registry.versions.create(admin, version, { fingerprint: 'fp' })
    await registry.builds
      .create(admin, version, { componentType: 'null.one', status: 'done', artifacts, platform: 'aws' })
      .then(() => registry.versions.get(admin, version))
      .then(({ name }) => expect(name).toBe('v1'))
    const other = at.version('base', 'other')
    await registry.versions.create(admin, other, { fingerprint: 'other' })
    const failed = await registry.builds.create(admin, other, { componentType: 'null.two', status: 'failed' })
    await registry.builds.create(admin, other, {
      componentType: 'null.one',
      status: 'done',
      artifacts,
      platform: 'aws',
    })
    expect(await refusalOf(registry.versions.update(admin, other, { complete: true }))).toBe(
      'version.unfinished',
    )
    await registry.builds.delete(admin, { ...other, buildId: failed.id })
    expect((await registry.versions.get(admin, other)).name).toBe('v2')
    expect((await registry.versions.update(admin, other, { complete: true })).version.name).toBe('v2')
  })

  test('what exists is not made again, and what is missing is refused as clients expect', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('base', 'a')
    const { bucket, version, project } = {
      bucket: at.bucket('base'),
      version: at.version('base', 'a'),
      project: at.project,
    }
    const none = at.version('base', 'none')
    expect(await refusalOf(registry.buckets.create(admin, project, { name: 'base' }))).toBe('bucket.exists')
    expect(await refusalOf(registry.versions.create(admin, bucket, { fingerprint: 'a' }))).toBe(
      'version.exists',
    )
    expect(await refusalOf(registry.channels.create(admin, bucket, { name: 'latest' }))).toBe(
      'channel.exists',
    )
    expect(await refusalOf(registry.buckets.get(admin, at.bucket('none')))).toBe('bucket.absent')
    expect(await refusalOf(registry.versions.get(admin, none))).toBe('version.unknown')
    expect(await refusalOf(registry.versions.head(admin, none))).toBe('version.unknown')
    expect(await refusalOf(registry.versions.update(admin, none, {}))).toBe('version.unknown')
    expect(await refusalOf(registry.versions.delete(admin, none, { rollbackChannels: false }))).toBe(
      'version.absent',
    )
    expect(await refusalOf(registry.versions.get(admin, at.version('none', 'a')))).toBe('bucket.absent')
    expect(await refusalOf(registry.builds.get(admin, { ...version, buildId: 'none' }))).toBe('build.absent')
    expect(await refusalOf(registry.channels.get(admin, at.channel('base', 'none')))).toBe('channel.absent')
    expect(await refusalOf(registry.channels.head(admin, at.channel('base', 'none')))).toBe('channel.absent')
    expect(await refusalOf(registry.channels.head(admin, at.channel('none', 'latest')))).toBe('bucket.absent')
    const elsewhere = { ...project, projectId: '00000000-0000-4000-8000-000000000000' }
    expect(await refusalOf(registry.buckets.list(admin, elsewhere, {}))).toBe('project.absent')
    expect(await refusalOf(registry.registries.get(admin, elsewhere))).toBe('project.absent')
  })

  test('a build of one component exists once, and belongs to its own version', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    const { builds } = await at.publish('base', 'a')
    const other = at.version('base', 'b')
    await registry.versions.create(admin, other, { fingerprint: 'b' })
    await registry.builds.create(admin, other, { componentType: 'null.one' })
    expect(await refusalOf(registry.builds.create(admin, other, { componentType: 'null.one' }))).toBe(
      'build.exists',
    )
    expect(await refusalOf(registry.builds.get(admin, { ...other, buildId: builds[0]!.id }))).toBe(
      'build.absent',
    )
  })

  test('a deleted bucket takes everything with it, and its name is free', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await at.publish('base', 'a')
    await registry.channels.create(admin, at.bucket('base'), { name: 'stable', versionFingerprint: 'a' })
    await registry.buckets.delete(admin, at.bucket('base'))
    expect(await refusalOf(registry.buckets.get(admin, at.bucket('base')))).toBe('bucket.absent')
    expect((await at.publish('base', 'a')).name).toBe('v1')
    expect(await at.assignments('base')).toEqual({ latest: 'v1' })
  })

  test('builds come all in one answer, unless a page size is given', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    await registry.buckets.create(admin, at.project, { name: 'base' })
    const version = at.version('base', 'fp')
    await registry.versions.create(admin, version, { fingerprint: 'fp' })
    const names = Array.from({ length: 230 }, (_, index) => `null.${String(index).padStart(3, '0')}`)
    await Promise.all(names.map((componentType) => registry.builds.create(admin, version, { componentType })))
    const all = await registry.builds.list(admin, version, { orderBy: ['component_type desc'] })
    expect(all.items.map((build) => build.componentType)).toEqual(names.toReversed())
    expect(all.nextPageToken).toBe('')
    const first = await registry.builds.list(admin, version, { pageSize: '200' })
    const rest = await registry.builds.list(admin, version, {
      pageSize: '200',
      nextPageToken: first.nextPageToken,
    })
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(230)
  })

  test('buckets and versions are listed in the order asked for, page by page', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin } = at
    for (const name of ['one', 'two', 'Two', 'three'])
      await registry.buckets.create(admin, at.project, { name })
    const buckets = await registry.buckets.list(admin, at.project, { orderBy: ['name'] })
    expect(buckets.items.map(({ name }) => name)).toEqual(['Two', 'one', 'three', 'two'])
    for (const fingerprint of ['a', 'b', 'c']) await at.publish('one', fingerprint)
    const newest = await registry.versions.list(admin, at.bucket('one'), { pageSize: '2' })
    expect(newest.items.map(({ name }) => name)).toEqual(['v3', 'v2'])
    const oldest = await registry.versions.list(admin, at.bucket('one'), { orderBy: ['name'], pageSize: '2' })
    expect(oldest.items.map(({ name }) => name)).toEqual(['v1', 'v2'])
    expect(await refusalOf(registry.versions.list(admin, at.bucket('one'), { orderBy: ['slug'] }))).toBe(
      'sort.unknown',
    )
  })
})
