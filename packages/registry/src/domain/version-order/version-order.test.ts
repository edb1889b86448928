import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareApk } from './apk.ts'
import { compareDpkg } from './dpkg.ts'
import type { VersionOrder } from './order.ts'
import { comparePep440 } from './pep440.ts'
import { compareRpm } from './rpm.ts'
import { compareSemver } from './semver.ts'
import { compareGem, compareMaven } from './words.ts'

/** From old to new; `=` joins those that are the same. */
const lines: readonly (readonly [string, VersionOrder, string])[] = [
  [
    'dpkg',
    compareDpkg,
    '1.0~beta1~svn1 1.0~beta1 1.0=0:1.0=1.0-0 1.0-1~deb12u1 1.0-1 1.0-1ubuntu1 1.0-1.1 1.0a 1.0+dfsg 1.0.1 1.9 1.10 1:0.5',
  ],
  ['dpkg', compareDpkg, '3.0.11-1~deb12u1 3.0.11-1~deb12u2 3.0.11-1 3.0.13-1~deb12u1'],
  ['rpm', compareRpm, '1.0~rc1 1.0=0:1.0 1.0^git1 1.0a 1.0.1 1.0.2-1.el8 1.0.2-1.el9 1.0.10-1.el9 2.0 1:1.0'],
  ['rpm', compareRpm, '3.0.7-16.el9_2 3.0.7-17.el9 3.0.7-24.el9 3.0.7-27.el9 3.2.2-1.el9'],
  [
    'apk',
    compareApk,
    '1.2_alpha 1.2_beta2 1.2_pre1 1.2_rc1 1.2_rc2 1.2=1.2-r0 1.2-r1 1.2-r10 1.2_p1 1.2a 1.2b 1.2.0 1.2.1 1.10',
  ],
  [
    'semver',
    compareSemver,
    '0 1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0=v1.0.0+build=1.0 1.0.0.1 1.2.0 1.10.0',
  ],
  [
    'pep440',
    comparePep440,
    'nonsense 1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456 1.0b2.post345 1.0rc1.dev456 1.0rc1=1.0-c1 1.0=1.0.0=v1 1.0+abc.5 1.0+abc.7 1.0+5 1.0.post456.dev34 1.0.post456 1.0.15 1.1.dev1 1!0.1',
  ],
  ['gem', compareGem, '1.0.a 1.0.b1 1.0.rc1=1.0.rc.1 1.0=1=1.0.0 1.0.1 1.9 1.10 2.0.0-x 2.0.0'],
  [
    'maven',
    compareMaven,
    '1-alpha1=1-a1 1-alpha-2 1-beta-1 1-m1=1-milestone-1 1-rc1=1-cr1 1-snapshot 1=1.0=1-ga=1.0.final 1-sp 1-foo 1.1 1.9 1.10 2.17.1',
  ],
]

test.each(lines)('%s sorts as its tool does', (_, compare, line) => {
  const classes = line.split(' ').map((same) => same.split('='))
  const all = classes.flatMap((same, place) => same.map((version) => ({ version, place })))
  for (const a of all)
    for (const b of all)
      expect([a.version, b.version, Math.sign(compare(a.version, b.version))]).toEqual([
        a.version,
        b.version,
        Math.sign(a.place - b.place),
      ])
})

const orders = new Map(lines.map(([name, compare]) => [name, compare]))
const letters = [...'0123456789.:-+~^_!abprcdevlhost \u00e9']
const version = fc.oneof(
  fc.string({ unit: fc.constantFrom(...letters), maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('1', '10', '0', '.', '-', '~', 'a', 'rc', '_p', '-r1'), maxLength: 6 }),
  fc.string(),
)

describe.each([...orders])('%s', (_, compare) => {
  test('is a total order of all texts', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(compare(a, a)).toBe(0)
        expect(Math.sign(compare(a, b))).toBe(0 - Math.sign(compare(b, a)) || 0)
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 2000 },
    )
  })
})
