import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'
import type { VersionView } from '../views.ts'
import { KeptVersions } from './kept-versions.ts'

function view(id: string, label: string): VersionView {
  return { id, revision: '1', builds: [{ labels: { label }, artifacts: [] }] } as unknown as VersionView
}

test('a version is kept under its revision', () => {
  const album = new KeptVersions()
  const version = view('a', '')
  album.keep(version)
  expect(album.get(version)).toBe(version)
  expect(album.get({ id: 'a', revision: '2' })).toBeUndefined()
})

test('the longest unused goes when there is too much, and what is too large is not kept', () => {
  const album = new KeptVersions(30_000)
  const [a, b, c] = [
    view('a', 'x'.repeat(10_000)),
    view('b', 'x'.repeat(10_000)),
    view('c', 'x'.repeat(10_000)),
  ]
  for (const one of [a, b]) album.keep(one)
  album.get(a)
  album.keep(c)
  album.keep(view('d', 'x'.repeat(100_000)))
  expect([a, b, c].map((one) => album.get(one) === one)).toEqual([true, false, true])
  expect(album.get({ id: 'd', revision: '1' })).toBeUndefined()
})

describe.each(drivers)('versions kept on %s', (_, create) => {
  test('nothing that was not committed is ever shown', async () => {
    await using at = await TestRegistry.open(create)
    const { registry, admin, store } = at
    await at.publish('base', 'a')
    const version = at.version('base', 'a')
    const before = await registry.versions.get(admin, version)
    const refused = store.write(async ({ rows }) => {
      await rows.versions.touch(before.id, at.clock.time)
      throw new Error('not kept')
    })
    await expect(refused).rejects.toThrow('not kept')
    expect(await refusalOf(registry.versions.update(admin, version, { restore: true }))).toBe('version.valid')
    expect(await registry.versions.get(admin, version)).toEqual(before)
    await registry.versions.update(admin, version, { revokeIn: '1d' })
    expect((await registry.versions.get(admin, version)).status).toBe('revocation-scheduled')
    expect((await registry.versions.list(admin, at.bucket('base'), {})).items[0]?.status).toBe(
      'revocation-scheduled',
    )
  })
})
