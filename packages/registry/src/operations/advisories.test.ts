import { zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { criticalities } from '../domain/criticality.ts'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

const critical = [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }]

/** An advisory of Debian 12 that is fixed in a version. */
function advisory(id: string, name: string, more: Record<string, unknown> = {}) {
  const { fixed = '2.0', ecosystem = 'Debian:12', ...rest } = more
  const events = [{ introduced: '0' }, ...(fixed === '' ? [] : [{ fixed }])]
  const affected = [{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events }] }]
  return { id, modified: '2024-01-01T00:00:00Z', published: '2023-12-01T00:00:00Z', affected, ...rest }
}

interface Publication {
  readonly fingerprint?: string
  readonly packages: readonly string[]
  readonly bucket?: string
}

/** A complete version whose bill of materials names packages of Debian 12, such as `openssl@1.0`. */
async function publish(at: TestRegistry, { fingerprint = 'a', packages, bucket = 'base' }: Publication) {
  const { registry, admin } = at
  await at.publish(bucket, fingerprint)
  const { builds } = await registry.versions.get(admin, at.version(bucket, fingerprint))
  const build = { ...at.version(bucket, fingerprint), buildId: builds[0]!.id }
  const components = packages.map((one) => {
    const [name, version] = one.split('@')
    const purl = name!.startsWith('pkg:') ? name : `pkg:deb/debian/${name}@${version}?distro=debian-12`
    return { type: 'library', name, version, purl }
  })
  const document = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components })
  const content = zstdCompressSync(document).toString('base64')
  await registry.sboms.upload(admin, build, { name: '', format: 'cyclonedx', content, late: true })
}

const load = (at: TestRegistry, ...sent: readonly unknown[]) =>
  at.registry.advisories.import(at.admin, at.project, sent)

/** What means packages of the bucket, as `High CVE-1 2.0: openssl`. */
async function found(at: TestRegistry, query: object = {}, caller = at.admin): Promise<string[]> {
  const page = await at.registry.advisories.vulnerabilities(caller, at.bucket('base'), query)
  return page.items.map(
    ({ vulnerability: { id, criticality, fixedVersion }, packages }) =>
      `${criticalities[criticality]} ${id} ${fixedVersion}: ${packages.map(({ name }) => name).join(' ')}`,
  )
}

describe.each(drivers)('advisories on %s', (_, create) => {
  test('are not assessed before anything was imported', async () => {
    await using at = await TestRegistry.open(create)
    await publish(at, { packages: ['openssl@1.0'] })
    const { advisories, sboms } = at.registry
    for (const work of [
      advisories.summary(at.viewer, at.bucket('base')),
      advisories.vulnerablePackages(at.viewer, at.bucket('base'), {}),
      advisories.vulnerabilities(at.viewer, at.bucket('base'), {}),
    ])
      await expect(work).rejects.toThrow(/not assessed.*ingot advisories import FILE/)
    const [one] = (await sboms.packagesOfBucket(at.admin, at.bucket('base'), {})).items
    expect(one).not.toHaveProperty('vulnerabilities')
    expect(await advisories.status(at.viewer, at.project)).toEqual({
      ...{ advisories: 0, importedAt: null, streams: [] },
    })
  })

  test('mean packages that were there before them, and that come after', async () => {
    await using at = await TestRegistry.open(create)
    await publish(at, { packages: ['openssl@1.0', 'bash@3.0'] })
    await load(at, advisory('CVE-1', 'openssl', { severity: critical }), advisory('CVE-2', 'bash'))
    expect(await found(at)).toEqual(['Critical CVE-1 2.0: openssl'])
    await publish(at, { fingerprint: 'b', packages: ['openssl@1.5', 'bash@1.9'] })
    expect(await found(at)).toEqual(['Critical CVE-1 2.0: openssl', 'Unknown CVE-2 2.0: bash'])
  })

  test('come twice without doubles; the newer one counts, and a withdrawn one is kept as such', async () => {
    await using at = await TestRegistry.open(create)
    await publish(at, { packages: ['openssl@1.0'] })
    const first = advisory('CVE-1', 'openssl')
    expect(await load(at, first, { id: 'X', modified: '2024-01-01T00:00:00Z' })).toEqual({
      ...{ added: 1, updated: 0, unchanged: 0, ignored: 1 },
    })
    const seen = at.clock.time
    at.clock.time += 5000
    expect(await load(at, first)).toMatchObject({ added: 0, unchanged: 1 })
    const newer = { ...advisory('CVE-1', 'openssl', { fixed: '3.0' }), modified: '2024-02-01T00:00:00Z' }
    expect(await load(at, newer)).toMatchObject({ updated: 1 })
    expect(await load(at, first)).toMatchObject({ unchanged: 1 })
    expect(await found(at)).toEqual(['Unknown CVE-1 3.0: openssl'])
    const { items } = await at.registry.advisories.vulnerabilities(at.admin, at.bucket('base'), {})
    expect(items[0]!.vulnerability.firstSeenAt).toBe(seen)
    const withdrawn = '2024-03-01T00:00:00Z'
    await load(at, { ...newer, modified: withdrawn, withdrawn })
    expect(await found(at)).toEqual([])
    const { advisories } = at.registry
    expect(await advisories.get(at.viewer, at.project, 'CVE-1')).toMatchObject({
      withdrawnAt: Date.parse(withdrawn),
    })
    expect(await advisories.status(at.viewer, at.project)).toMatchObject({
      ...{ advisories: 1, streams: [{ stream: 'Debian:12', advisories: 1, withdrawn: 1 }] },
    })
  })

  test('of which one cannot be read are not taken, none of them', async () => {
    await using at = await TestRegistry.open(create)
    const work = load(at, advisory('CVE-1', 'a'), { id: 'CVE-2' })
    await expect(work).rejects.toThrow(/advisories\[1\].*CVE-2/)
    expect((await at.registry.advisories.status(at.admin, at.project)).importedAt).toBeNull()
    expect((await at.events()).at(-1)).toMatchObject({ outcome: 'advisory.unreadable' })
  })

  test('are imported by administrators only, five hundred at once', async () => {
    await using at = await TestRegistry.open(create)
    const { advisories } = at.registry
    expect(await refusalOf(advisories.import(at.viewer, at.project, []))).toBe('access.denied')
    const many = Array.from({ length: 501 }, () => advisory('CVE-1', 'a'))
    expect(await refusalOf(load(at, ...many))).toBe('list.too-long')
  })

  test('are listed by package, ecosystem and beginning, page by page', async () => {
    await using at = await TestRegistry.open(create)
    const npm = { ecosystem: 'npm' }
    await load(at, advisory('CVE-1', 'a'), advisory('CVE-2', 'b'), advisory('GHSA-1', 'a', npm))
    const list = async (query: object) => {
      const page = await at.registry.advisories.list(at.viewer, at.project, query)
      return { ...page, ids: page.items.map(({ id }) => id) }
    }
    const first = await list({ pageSize: '2' })
    const second = await list({ pageSize: '2', nextPageToken: first.nextPageToken })
    expect([first.ids, second.ids]).toEqual([['CVE-1', 'CVE-2'], ['GHSA-1']])
    const back = await list({ pageSize: '2', previousPageToken: second.previousPageToken })
    expect(back.ids).toEqual(first.ids)
    expect((await list({ ecosystem: 'Debian:12' })).ids).toEqual(['CVE-1', 'CVE-2'])
    expect((await list({ packageName: 'a', ecosystem: 'npm' })).ids).toEqual(['GHSA-1'])
    expect((await list({ prefix: 'CVE-2' })).ids).toEqual(['CVE-2'])
    expect(await refusalOf(at.registry.advisories.get(at.viewer, at.project, 'CVE-9'))).toBe(
      'advisory.absent',
    )
  })
})

describe.each(drivers)('vulnerabilities of a bucket on %s', (_, create) => {
  /** Two channels with a version each, and advisories of three criticalities. */
  async function furnished(at: TestRegistry): Promise<void> {
    const { channels } = at.registry
    await publish(at, { packages: ['openssl@1.0', 'pkg:npm/left-pad@1.0.0'] })
    await publish(at, { fingerprint: 'b', packages: ['openssl@1.1', 'zlib@1.0', 'bash@9'] })
    await channels.create(at.admin, at.bucket('base'), { name: 'stable', versionFingerprint: 'a' })
    at.clock.time += 86_400_000
    await load(
      at,
      advisory('CVE-1', 'openssl', { severity: critical, aliases: ['GHSA-x'] }),
      advisory('CVE-2', 'openssl', { database_specific: { severity: 'LOW' }, fixed: '' }),
      advisory('CVE-3', 'zlib', { database_specific: { severity: 'LOW' } }),
      advisory('CVE-4', 'bash'),
    )
  }

  test('are listed with what they mean, filtered, and page by page both ways', async () => {
    await using at = await TestRegistry.open(create)
    await furnished(at)
    const all = ['Critical CVE-1 2.0: openssl openssl', 'Low CVE-2 : openssl openssl', 'Low CVE-3 2.0: zlib']
    expect(await found(at)).toEqual(all)
    expect(await found(at, { criticality: ['low'] })).toEqual(all.slice(1))
    expect(await found(at, { criticality: ['Critical,Low'] })).toEqual(all)
    expect(await found(at, { criticality: ['High'] })).toEqual([])
    expect(await found(at, { identifier: 'CVE-3' })).toEqual(all.slice(2))
    expect(await found(at, { identifier: 'GHSA-x' })).toEqual(all.slice(0, 1))
    expect(await found(at, { prefix: 'GHSA' })).toEqual(all.slice(0, 1))
    expect(await found(at, { orderBy: ['identifier desc'] })).toEqual(all.toReversed())
    expect(await found(at, { orderBy: ['published_at,first_seen_at', 'criticality'] })).toEqual([
      all[1],
      all[2],
      all[0],
    ])
    expect(await refusalOf(found(at, { criticality: ['Bad'] }))).toBe('name.malformed')
    const { advisories } = at.registry
    const page = (query: object) =>
      advisories.vulnerabilities(at.admin, at.bucket('base'), { pageSize: '2', ...query })
    const first = await page({})
    const second = await page({ nextPageToken: first.nextPageToken })
    expect(second.items.map(({ vulnerability }) => vulnerability.id)).toEqual(['CVE-3'])
    const back = await page({ previousPageToken: second.previousPageToken })
    expect(back.items).toEqual(first.items)
    expect(first.items[0]!.channels.map(({ name }) => name).sort()).toEqual(['latest', 'stable'])
    expect(first.items[0]!.builds).toHaveLength(2)
  })

  test('of channels that a viewer may not see are not shown to it', async () => {
    await using at = await TestRegistry.open(create)
    await furnished(at)
    expect(await found(at, {}, at.viewer)).toEqual(['Critical CVE-1 2.0: openssl', 'Low CVE-2 : openssl'])
    const { channels } = await at.registry.advisories.summary(at.viewer, at.bucket('base'))
    expect(new Set(channels.map(({ channelName }) => channelName))).toEqual(new Set(['stable']))
  })

  test('are counted by channel, by package, and in all, with a row for each criticality', async () => {
    await using at = await TestRegistry.open(create)
    await furnished(at)
    const seen = at.clock.time
    at.clock.time += 3 * 86_400_000
    const { channels, packages, totals } = await at.registry.advisories.summary(at.admin, at.bucket('base'))
    expect(channels.map((one) => [one.channelName, one.criticality, one.count])).toEqual([
      ...[
        ['latest', 4, 1],
        ['latest', 1, 2],
        ['stable', 4, 1],
        ['stable', 1, 1],
      ],
    ])
    expect(packages.map((one) => [one.name, one.version, one.criticality, one.count])).toEqual([
      ...[
        ['openssl', '1.0', 4, 1],
        ['openssl', '1.0', 1, 1],
        ['openssl', '1.1', 4, 1],
      ],
      ...[
        ['openssl', '1.1', 1, 1],
        ['zlib', '1.0', 1, 1],
      ],
    ])
    expect(totals).toEqual(
      [
        [4, 1],
        [3, 0],
        [2, 0],
        [1, 2],
        [0, 0],
      ].map(([criticality, count]) => ({
        ...{ criticality, count, averageAgeDays: count ? 3 : 0, firstSeenAt: count ? seen : null },
      })),
    )
  })

  test('come with their packages; what no advisories are of is not called assessed', async () => {
    await using at = await TestRegistry.open(create)
    await furnished(at)
    const { advisories, sboms } = at.registry
    const list = async (query: object) =>
      (await advisories.vulnerablePackages(at.admin, at.bucket('base'), query)).items.map(
        ({ name, channelName, vulnerabilities }) =>
          `${channelName} ${name}: ${vulnerabilities.map(({ id }) => id).join(' ')}`,
      )
    expect((await list({})).sort()).toEqual([
      ...['latest openssl: CVE-1 CVE-2', 'latest zlib: CVE-3', 'stable openssl: CVE-1 CVE-2'],
    ])
    expect(await list({ nameStartsWith: 'z' })).toEqual(['latest zlib: CVE-3'])
    expect(await list({ version: '1.0', criticality: ['Critical'] })).toEqual(['stable openssl: CVE-1'])
    const all = (await sboms.packagesOfBucket(at.admin, at.bucket('base'), {})).items
    expect(Object.fromEntries(all.map((one) => [one.name, 'scannedAt' in one && one.scannedAt]))).toEqual({
      ...{ openssl: at.clock.time, zlib: at.clock.time, bash: at.clock.time, 'pkg:npm/left-pad': null },
    })
  })

  test('go with a bill of materials that is replaced, and were seen when the later of both came', async () => {
    await using at = await TestRegistry.open(create)
    await load(at, advisory('CVE-1', 'openssl'))
    at.clock.time += 60_000
    await publish(at, { packages: ['openssl@1.0'] })
    const { items } = await at.registry.advisories.vulnerabilities(at.admin, at.bucket('base'), {})
    expect(items[0]!.vulnerability.firstSeenAt).toBe(at.clock.time)
    await publish(at, { fingerprint: 'b', packages: ['openssl@2.0'] })
    expect(await found(at)).toEqual([])
  })
})
