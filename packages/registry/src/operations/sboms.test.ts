import { zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { BuildAddress } from '../domain/address.ts'
import type { NewSbom } from '../inputs.ts'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

const pack = (document: unknown) => zstdCompressSync(JSON.stringify(document)).toString('base64')

function cyclonedx(...names: string[]): unknown {
  const components = names.map((name) => ({
    ...{ type: 'library', name, version: '1.0', purl: `pkg:deb/debian/${name}@1.0` },
  }))
  return { bomFormat: 'CycloneDX', specVersion: '1.6', components }
}

function sent(document: unknown, more: Partial<NewSbom> = {}): NewSbom {
  return { name: 'system', format: 'cyclonedx', content: pack(document), late: false, ...more }
}

/** A version whose one build runs. */
async function running(at: TestRegistry, bucket = 'base', fingerprint = 'a'): Promise<BuildAddress> {
  const { registry, admin } = at
  const version = at.version(bucket, fingerprint)
  at.clock.time += 1000
  await registry.buckets.create(admin, at.project, { name: bucket }).catch(() => undefined)
  await registry.versions.create(admin, version, { fingerprint })
  const build = { componentType: 'null.one', status: 'running' } as const
  return { ...version, buildId: (await registry.builds.create(admin, version, build)).id }
}

async function done(at: TestRegistry, build: BuildAddress): Promise<void> {
  const artifacts = [{ externalIdentifier: 'ami', region: 'here' }]
  await at.registry.builds.update(at.admin, build, { status: 'done', platform: 'aws', artifacts })
}

const packagesOf = async (at: TestRegistry, build: BuildAddress, query = {}) =>
  (await at.registry.sboms.packagesOfBuild(at.admin, build, query)).items

describe.each(drivers)('a bill of materials on %s', (_, create) => {
  test('is kept as it was sent, and its packages are listed', async () => {
    await using at = await TestRegistry.open(create)
    const build = await running(at)
    const { sboms } = at.registry
    const document = cyclonedx('openssl', 'bash')
    const sbom = await sboms.upload(at.admin, build, sent(document))
    expect(sbom).toMatchObject({ name: 'system', format: 'cyclonedx', formatVersion: '1.6', packageCount: 2 })
    expect(await sboms.list(at.viewer, build)).toEqual([sbom])
    expect(await packagesOf(at, build)).toMatchObject([
      {
        name: 'bash',
        version: '1.0',
        purl: 'pkg:deb/debian/bash@1.0',
        componentType: 'null.one',
        channelName: '',
      },
      { name: 'openssl', sboms: [{ name: 'system' }] },
    ])
    const { ticket } = await sboms.ticket(at.viewer, build, 'system')
    const { document: bytes } = await sboms.download(ticket)
    expect(bytes.toString()).toBe(JSON.stringify(document))
  })

  test('takes the place of one of the same name, and gets a name when it has none', async () => {
    await using at = await TestRegistry.open(create)
    const build = await running(at)
    const { sboms } = at.registry
    await sboms.upload(at.admin, build, sent(cyclonedx('old')))
    await sboms.upload(at.admin, build, sent(cyclonedx('new')))
    const { name } = await sboms.upload(at.admin, build, sent(cyclonedx('other'), { name: '' }))
    expect(name).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect((await sboms.list(at.admin, build)).map((one) => one.name)).toEqual(['system', name])
    expect((await packagesOf(at, build)).map((one) => one.name)).toEqual(['new', 'other'])
  })

  test('comes while its build runs; later it is marked as late', async () => {
    await using at = await TestRegistry.open(create)
    const build = await running(at)
    await done(at, build)
    const { sboms } = at.registry
    expect(await refusalOf(sboms.upload(at.admin, build, sent(cyclonedx('a'))))).toBe(
      'sbom.build-not-running',
    )
    const late = await sboms.upload(at.admin, build, sent(cyclonedx('a'), { late: true }))
    expect(late).toMatchObject({ late: true, author: at.admin.principalName })
  })

  test.each<[string, NewSbom, string]>([
    ['without packages', sent(cyclonedx()), 'sbom.empty'],
    ['of another format', sent(cyclonedx('a'), { format: 'spdx' }), 'sbom.unreadable'],
    [
      'of a version that nobody reads',
      sent({ bomFormat: 'CycloneDX', specVersion: '9.9' }),
      'sbom.unreadable',
    ],
    ['that is none', sent([1, 2]), 'sbom.unreadable'],
    [
      'that is not compressed',
      sent({}, { content: Buffer.from('{}').toString('base64') }),
      'sbom.unreadable',
    ],
    ['that is cut off', sent({}, { content: pack(cyclonedx('a')).slice(0, 40) }), 'sbom.unreadable'],
    ['that is not base64', sent({}, { content: '***' }), 'sbom.unreadable'],
    ['with a name that none may have', sent(cyclonedx('a'), { name: 'a_b' }), 'name.malformed'],
    [
      'that unpacks to more than a registry holds',
      sent({}, { content: zstdCompressSync(Buffer.alloc(200 * 1024 * 1024)).toString('base64') }),
      'sbom.too-large',
    ],
  ])('%s is refused, and nothing of it stays', async (_name, sbom, code) => {
    await using at = await TestRegistry.open(create)
    const build = await running(at)
    expect(await refusalOf(at.registry.sboms.upload(at.admin, build, sbom))).toBe(code)
    expect(await at.registry.sboms.list(at.admin, build)).toEqual([])
    const events = await at.events()
    expect(events.at(-1)).toMatchObject({ action: 'sbom.upload', outcome: code })
  })

  test('is not taken from a viewer', async () => {
    await using at = await TestRegistry.open(create)
    const build = await running(at)
    const upload = at.registry.sboms.upload(at.viewer, build, sent({}, { content: '***' }))
    expect(await refusalOf(upload)).toBe('access.denied')
  })

  test('goes with its version; what was begun and left is removed', async () => {
    await using at = await TestRegistry.open(create)
    const build = await running(at)
    const { sboms, versions } = at.registry
    await sboms.upload(at.admin, build, sent(cyclonedx('a')))
    const begun = {
      id: 'left',
      buildId: build.buildId,
      name: 'x',
      format: 'spdx',
      formatVersion: '2.3',
    } as const
    const facts = { late: false, author: 'x', packageCount: 1, createdAt: at.clock.time }
    await at.store.write(({ rows }) => rows.sboms.begin({ ...begun, ...facts }, 'content'))
    expect(await sboms.removeAbandoned()).toBe(0)
    at.clock.time += 2 * 3_600_000
    expect(await sboms.removeAbandoned()).toBe(1)
    await versions.delete(at.admin, build, { rollbackChannels: true })
    expect(await at.store.read((rows) => rows.sboms.ofBuild(build.buildId))).toEqual([])
  })
})

describe.each(drivers)('the address of a download on %s', (_, create) => {
  test('is good for a quarter of an hour, and for nothing else', async () => {
    await using at = await TestRegistry.open(create)
    const build = await running(at)
    const { sboms } = at.registry
    await sboms.upload(at.admin, build, sent(cyclonedx('a')))
    const { ticket } = await sboms.ticket(at.admin, build, 'system')
    const [id, until, seal] = ticket.split('.')
    for (const forged of [
      '',
      `${id}`,
      `${id}.${Number(until) + 1}.${seal}`,
      `x.${until}.${seal}`,
      `${id}..${seal}`,
    ])
      expect(await refusalOf(sboms.download(forged))).toBe('sbom.download')
    at.clock.time += 15 * 60_000 - 1
    expect((await sboms.download(ticket)).name).toBe('system')
    at.clock.time += 1
    expect(await refusalOf(sboms.download(ticket))).toBe('sbom.download')
  })
})

describe.each(drivers)('packages on %s', (_, create) => {
  test('of a bucket are those of its channels, page by page, filtered', async () => {
    await using at = await TestRegistry.open(create)
    const { sboms, channels } = at.registry
    for (const [fingerprint, names] of [
      ['a', ['openssl', 'old']],
      ['b', ['openssl', 'openssh', 'zlib']],
    ] as const) {
      const build = await running(at, 'base', fingerprint)
      await sboms.upload(at.admin, build, sent(cyclonedx(...names)))
      await done(at, build)
    }
    await channels.create(at.admin, at.bucket('base'), { name: 'stable', versionFingerprint: 'a' })
    const list = async (query: object, caller = at.admin) => {
      const page = await sboms.packagesOfBucket(caller, at.bucket('base'), query)
      return { ...page, names: page.items.map((one) => `${one.channelName} ${one.name}`) }
    }
    const first = await list({ pageSize: '3' })
    const second = await list({ pageSize: '3', nextPageToken: first.nextPageToken })
    expect([...first.names, ...second.names].sort()).toEqual(
      ['latest openssh', 'latest openssl', 'latest zlib', 'stable old', 'stable openssl'].sort(),
    )
    expect((await list({ nameStartsWith: 'openss' })).names).toHaveLength(3)
    expect((await list({ name: 'zlib' })).names).toEqual(['latest zlib'])
    expect((await list({ name: 'zlib', version: '2.0' })).names).toEqual([])
    expect((await list({ orderBy: ['name desc'] })).names[0]).toBe('latest zlib')
    expect((await list({}, at.viewer)).names.sort()).toEqual(['stable old', 'stable openssl'])
  })
})
