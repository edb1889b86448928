import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareVersions, type PluginVersion, parseVersion, versionText } from './plugin-version.ts'
import { parseConstraint } from './version-constraint.ts'

const version = (text: string): PluginVersion => {
  const parsed = parseVersion(text)
  if (!parsed) throw new Error(`${text} is no version`)
  return parsed
}

test('versions order as semantic versioning has them', () => {
  const ordered = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-dev',
    '1.0.0-dev.2',
    '1.0.0-dev.11',
  ]
  ordered.push('1.0.0', '1.0.1-dev', '1.0.1', '1.2.0', '1.10.0', '2.0.0')
  const shuffled = ordered.toReversed().map(version).sort(compareVersions)
  expect(shuffled.map(versionText)).toEqual(ordered)
})

test('build metadata does not count, and what is no version is none', () => {
  expect(compareVersions(version('1.2.3+linux'), version('1.2.3'))).toBe(0)
  for (const text of ['', '1', '1.2', 'v1.2.3', '1.2.3.4', '01.2.3', '1.2.3-', '1.2.3 ']) {
    expect(parseVersion(text)).toBeUndefined()
  }
})

test('the order of any two versions is the same from both sides', () => {
  const number = fc.nat({ max: 99 })
  const preRelease = fc.constantFrom('', 'dev', 'alpha.1', 'alpha.beta', '1', '2')
  const some = fc.record({ numbers: fc.tuple(number, number, number), preRelease })
  fc.assert(
    fc.property(some, some, (a, b) => {
      expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0)
      expect(compareVersions(a, b) === 0).toBe(versionText(a) === versionText(b))
    }),
  )
})

test.each([
  ['>= 1.0.0', ['1.0.0', '1.2.0', '9.0.0'], ['0.9.9']],
  ['>= 1.2.0, < 2.0.0', ['1.2.0', '1.99.0'], ['1.1.9', '2.0.0']],
  ['~> 1.2', ['1.2.0', '1.9.0'], ['2.0.0', '1.1.0']],
  ['~> 1.2.3', ['1.2.3', '1.2.9'], ['1.3.0', '1.2.2']],
  ['1.2.3', ['1.2.3', '1.2.3-dev'], ['1.2.4']],
  ['!= 1.0.0,>0.1', ['1.0.1'], ['1.0.0', '0.1.0']],
  ['<= v2', ['2.0.0', '1.0.0'], ['2.0.1']],
])('%s allows what packer allows', (text, allowed, refused) => {
  const wanted = parseConstraint(text)
  for (const each of allowed) expect([each, wanted(version(each))]).toEqual([each, true])
  for (const each of refused) expect([each, wanted(version(each))]).toEqual([each, false])
})

test.each(['', 'latest', '>= 1.0.0-dev', '>= 1.0.0 < 2.0.0', '~ 1', '1.2.3.4'])(
  '%j is no constraint',
  (text) => {
    expect(() => parseConstraint(text)).toThrow(/no version constraint/)
  },
)
