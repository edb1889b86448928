import { expect, test } from 'vitest'
import { versionConstraint } from './version-constraint.ts'

test.each([
  ['1.16.0', '1.16.0', true],
  ['1.16.0', '1.16.1', false],
  ['1.16', '1.16.0', true],
  ['!= 1.12.0', '1.12.0', false],
  ['>= 1.11.0', '1.11.0', true],
  ['>= 1.11.0', '1.9.4', false],
  ['>= 1.11.0, < 1.13', '1.12.9', true],
  ['>= 1.11.0, < 1.13', '1.13.0', false],
  ['~> 1.11', '1.16.0', true],
  ['~> 1.11', '2.0.0', false],
  ['~> 1.11.1', '1.11.9', true],
  ['~> 1.11.1', '1.12.0', false],
  ['~> 1.11.1', '1.11.0', false],
  ['> 1.11.2', '1.11.2', false],
])('%s holds of %s: %s', (constraint, version, holds) => {
  expect(versionConstraint(constraint)(version)).toBe(holds)
})

test.each(['', 'latest', '1.x', '>> 1', '>= 1.11 < 2'])('"%s" is refused with what to write', (text) => {
  expect(() => versionConstraint(text)).toThrow(/is no version of packer: write 1\.16\.0/)
})
