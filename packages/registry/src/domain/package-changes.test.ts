import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparePackages } from './package-changes.ts'

const deb = (name: string, version: string, arch = 'amd64') => ({
  ...{ name, version, purl: `pkg:deb/debian/${name}@${version}?arch=${arch}&distro=debian-12` },
})

test('packages come, go and change', () => {
  const before = [deb('bash', '5.1'), deb('old', '1'), { name: 'bare', version: '1', purl: '' }]
  const after = [deb('bash', '5.2'), deb('new', '1'), { name: 'bare', version: '1', purl: '' }]
  expect(comparePackages(before, after)).toEqual({
    added: [{ name: 'new', purl: 'pkg:deb/debian/new?arch=amd64', before: [], after: ['1'] }],
    removed: [{ name: 'old', purl: 'pkg:deb/debian/old?arch=amd64', before: ['1'], after: [] }],
    changed: [{ name: 'bash', purl: 'pkg:deb/debian/bash?arch=amd64', before: ['5.1'], after: ['5.2'] }],
  })
})

test('of several versions in one place those count that are not in the other', () => {
  const npm = (version: string) => ({ name: '@a/b', version, purl: `pkg:npm/%40a/b@${version}` })
  const { changed } = comparePackages([npm('1'), npm('2')], [npm('2'), npm('3')])
  expect(changed).toEqual([{ name: '@a/b', purl: 'pkg:npm/%40a/b', before: ['1'], after: ['3'] }])
})

test('what is the same has no changes, and the way back is the way there turned round', () => {
  const some = fc.array(
    fc
      .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2', '3'))
      .map(([name, version]) => deb(name, version)),
  )
  fc.assert(
    fc.property(some, some, (one, other) => {
      expect(comparePackages(one, one)).toEqual({ added: [], removed: [], changed: [] })
      const [there, back] = [comparePackages(one, other), comparePackages(other, one)]
      expect(back.added.map(({ name }) => name)).toEqual(there.removed.map(({ name }) => name))
      expect(back.changed.map(({ before }) => before)).toEqual(there.changed.map(({ after }) => after))
    }),
  )
})
