import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hitBy, type RangeEvent } from './affected.ts'
import { compareDpkg } from './version-order/dpkg.ts'
import { compareSemver } from './version-order/semver.ts'

const range = (...events: RangeEvent[]) => ({ ranges: [events], versions: [] })
const fixed = (version: string, affected: ReturnType<typeof range>) =>
  hitBy(version, affected, compareSemver)?.fixedVersion

test('a version is meant from where it was introduced until it was fixed', () => {
  const affected = range(['introduced', '1.2.0'], ['fixed', '1.4.1'])
  expect(['1.1.9', '1.2.0', '1.4.0', '1.4.1', '2.0.0'].map((one) => fixed(one, affected))).toEqual([
    ...[undefined, '1.4.1', '1.4.1', undefined, undefined],
  ])
})

test('0 is before every version, the last affected is meant itself, and events may come in any order', () => {
  expect(fixed('0.0.0-alpha', range(['introduced', '0']))).toBe('')
  const affected = range(
    ['last_affected', '2.0.0'],
    ['introduced', '2.0.0'],
    ['fixed', '1.0.1'],
    ['introduced', '0'],
  )
  expect(['0.1.0', '1.0.1', '2.0.0', '2.0.1'].map((one) => fixed(one, affected))).toEqual([
    ...['1.0.1', undefined, '', undefined],
  ])
})

test('a limit ends what has no fix', () => {
  const affected = range(['introduced', '0'], ['limit', '3.0.0'])
  expect([fixed('2.9.9', affected), fixed('3.0.0', affected)]).toEqual(['', undefined])
  expect(fixed('9.0.0', range(['introduced', '0'], ['limit', '*']))).toBe('')
})

test('versions that are named one by one are meant, ranges or not', () => {
  const affected = {
    ranges: [
      [
        ['introduced', '5'],
        ['fixed', '6'],
      ] as RangeEvent[],
    ],
    versions: ['1.0', '1.1'],
  }
  expect(hitBy('1.1', affected, compareDpkg)).toEqual({ fixedVersion: '6' })
  expect(hitBy('1.2', affected, compareDpkg)).toBeUndefined()
})

test('the fix of the range that a version lies in is named', () => {
  const affected = {
    ranges: [
      [
        ['introduced', '1.0.0'],
        ['fixed', '1.0.5'],
      ] as RangeEvent[],
      [
        ['introduced', '2.0.0'],
        ['fixed', '2.0.3'],
      ] as RangeEvent[],
    ],
    versions: [],
  }
  expect(hitBy('2.0.1', affected, compareSemver)).toEqual({ fixedVersion: '2.0.3' })
})

test('one pair of events means exactly the versions in between', () => {
  const version = fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)).map((parts) => parts.join('.'))
  fc.assert(
    fc.property(version, version, version, (from, to, at) => {
      fc.pre(compareSemver(from, to) < 0)
      const inside = compareSemver(at, from) >= 0 && compareSemver(at, to) < 0
      expect(fixed(at, range(['fixed', to], ['introduced', from]))).toBe(inside ? to : undefined)
    }),
  )
})
