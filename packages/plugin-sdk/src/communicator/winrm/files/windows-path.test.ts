import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDirectoryPath, joinWindows, partsBelow, windowsName, windowsPath } from './windows-path.ts'

test.each([
  ['c:/Windows/Temp/script.ps1', 'c:\\Windows\\Temp\\script.ps1'],
  ['C:\\a//b\\\\c', 'C:\\a\\b\\c'],
  ['//server/share/x', '\\\\server\\share\\x'],
  ['\\\\?\\C:\\long', '\\\\?\\C:\\long'],
  ['///a', '\\a'],
  ['$env:SYSTEMROOT/Temp/x', '$env:SYSTEMROOT\\Temp\\x'],
  ['', ''],
])('%s is %s', (path, expected) => {
  expect(windowsPath(path)).toBe(expected)
})

test.each([
  [['C:\\data', 'a'], 'C:\\data\\a'],
  [['C:/data/', 'a', 'b'], 'C:\\data\\a\\b'],
  [['C:\\'], 'C:\\'],
  [['C:\\data'], 'C:\\data\\'],
  [['C:', 'a'], 'C:\\a'],
  [['', 'a'], 'a'],
  [['\\\\server\\share', 'a'], '\\\\server\\share\\a'],
])('%j joined is %s', ([directory = '', ...names], expected) => {
  expect(joinWindows(directory, ...names)).toBe(expected)
})

test.each([
  ['C:\\data\\logs', 'logs'],
  ['C:/data/logs/', 'logs'],
  ['logs', 'logs'],
  ['C:logs', 'logs'],
  ['C:\\', ''],
  ['C:', ''],
  ['\\\\server\\share', ''],
  ['\\\\server\\share\\logs', 'logs'],
  ['%TEMP%', ''],
  ['..', ''],
  ['~', ''],
])('the name of %s is "%s"', (path, name) => {
  expect(windowsName(path)).toBe(name)
})

test('a slash of either kind makes a directory', () => {
  expect(['C:\\a\\', 'a/', 'a', ''].map(isDirectoryPath)).toEqual([true, true, false, false])
})

test.each(['..', 'a\\..\\..\\b', '\\a', 'C:\\a', 'a\\\\b', '', 'a/../../b', 'a:stream', 'a\0'])(
  '"%s" leads out',
  (path) => {
    expect(partsBelow(path)).toBeUndefined()
  },
)

test('what is below a directory stays below it, whatever the machine says', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', '..', '.', '\\', '/', ':', 'C:', ' ', '\0'), { maxLength: 8 }),
      (pieces) => {
        const parts = partsBelow(pieces.join(''))
        if (parts)
          expect(new URL(parts.map(encodeURIComponent).join('/'), 'http://x/y/').pathname).toMatch(/^\/y\/./)
      },
    ),
  )
})
