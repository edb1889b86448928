import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quoted, takeApart } from './remote-path.ts'

test.each([
  ['/a/b/c', '/a/b', 'c'],
  ['/a/b/', '/a', 'b'],
  ['/a', '/', 'a'],
  ['a', '.', 'a'],
  ['~/a', '~', 'a'],
  ['a//b', 'a', 'b'],
  [String.raw`C:\Temp\a.ps1`, 'C:/Temp', 'a.ps1'],
  [String.raw`C:\a.ps1`, 'C:/', 'a.ps1'],
])('%s is %s and %s', (path, directory, name) => {
  expect(takeApart(path)).toEqual({ directory, name })
})

test.each([
  ['/plain/path', '/plain/path'],
  ['~/plain', '~/plain'],
  ["~/it's", "~/'it'\\''s'"],
  ['-rf', './-rf'],
  [String.raw`C:\Program Files\a`, '"C:/Program Files/a"'],
])('%s is given to a shell as %s', (path, argument) => {
  expect(quoted(path)).toBe(argument)
})

test('a shell takes whatever is quoted for what it was', () => {
  const path = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 30 })
    .map((text) => `/${text.replaceAll('\0', '')}`)
  fc.assert(
    fc.property(fc.array(path, { minLength: 1, maxLength: 50 }), (paths) => {
      const command = `printf '%s\\0' ${paths.map(quoted).join(' ')}`
      expect(execFileSync('sh', ['-c', command]).toString().split('\0').slice(0, -1)).toEqual(paths)
    }),
    { numRuns: 20 },
  )
})
