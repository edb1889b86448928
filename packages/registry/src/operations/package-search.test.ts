import { zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

async function publish(at: TestRegistry, bucket: string, fingerprint: string, packages: readonly string[]) {
  await at.publish(bucket, fingerprint)
  const version = at.version(bucket, fingerprint)
  const { builds } = await at.registry.versions.get(at.admin, version)
  const components = packages.map((one) => {
    const [name, number] = one.split('@')
    return { type: 'library', name, version: number, purl: `pkg:deb/debian/${one}?distro=debian-12` }
  })
  const document = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components })
  const content = zstdCompressSync(document).toString('base64')
  const at_ = { ...version, buildId: builds[0]!.id }
  await at.registry.sboms.upload(at.admin, at_, { name: '', format: 'cyclonedx', content, late: true })
}

describe.each(drivers)('a package on %s', (_, create) => {
  test('is found in all buckets by its name and the range of its version', async () => {
    await using at = await TestRegistry.open(create)
    await publish(at, 'base', 'a', ['openssl@3.0.7-1', 'bash@5.2'])
    await publish(at, 'base', 'b', ['openssl@3.0.11-1~deb12u2'])
    await publish(at, 'web', 'a', ['openssl@3.0.2-1'])
    const search = async (name: string, range: string, caller = at.admin) => {
      const { places, whole } = await at.registry.sboms.search(caller, at.project, { name, range })
      expect(whole).toBe(true)
      return places.map(
        (one) => `${one.bucketName} ${one.versionName} ${one.package.version} ${one.channels.join()}`,
      )
    }
    const [newest, older, other] = [
      'base v2 3.0.11-1~deb12u2 latest',
      'base v1 3.0.7-1 ',
      'web v1 3.0.2-1 latest',
    ]
    expect(await search('openssl', '')).toEqual([newest, older, other])
    expect(await search('openssl', '<3.0.11')).toEqual([older, other])
    expect(await search('openssl', '>=3.0.7 <3.0.11-1~deb12u2')).toEqual([older])
    expect(await search('openssl', '', at.viewer)).toEqual([
      ...['base v2 3.0.11-1~deb12u2 ', older, 'web v1 3.0.2-1 '],
    ])
    expect(await search('nowhere', '')).toEqual([])
    const { sboms } = at.registry
    expect(await refusalOf(sboms.search(at.admin, at.project, { name: '', range: '' }))).toBe(
      'name.malformed',
    )
    expect(await refusalOf(sboms.search(at.admin, at.project, { name: 'a', range: '>' }))).toBe(
      'name.malformed',
    )
  })

  test('is compared between two versions, component by component', async () => {
    await using at = await TestRegistry.open(create)
    await publish(at, 'base', 'a', ['openssl@3.0.7', 'bash@5.2', 'old@1'])
    await publish(at, 'base', 'b', ['openssl@3.0.11', 'bash@5.2', 'new@1'])
    const { sboms } = at.registry
    const { from, to, components } = await sboms.compare(at.viewer, at.bucket('base'), {
      from: 'v1',
      to: 'b',
    })
    expect([from, to]).toEqual([
      { name: 'v1', fingerprint: 'a' },
      { name: 'v2', fingerprint: 'b' },
    ])
    expect(components).toMatchObject([
      {
        ...{ componentType: 'null.one', described: 'both' },
        added: [{ name: 'new', after: ['1'] }],
        removed: [{ name: 'old', before: ['1'] }],
        changed: [{ name: 'openssl', before: ['3.0.7'], after: ['3.0.11'] }],
        counts: { added: 1, removed: 1, changed: 1 },
      },
    ])
    expect(await refusalOf(sboms.compare(at.viewer, at.bucket('base'), { from: 'v1', to: '' }))).toBe(
      'request.malformed',
    )
    await at.publish('base', 'c')
    expect(await refusalOf(sboms.compare(at.viewer, at.bucket('base'), { from: 'v1', to: 'v3' }))).toBe(
      'sbom.none',
    )
    expect(await refusalOf(sboms.compare(at.viewer, at.bucket('base'), { from: 'v1', to: 'v9' }))).toBe(
      'version.absent',
    )
  })
})
