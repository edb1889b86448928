import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readAddress, writeAddress } from './address.ts'
import { readCredentials, writeCredentials } from './credentials.ts'
import { type Layout, layout } from './layout.ts'
import { lockDataDirectory } from './lock.ts'
import { makePrivateDirectory, readPrivateFile, writePrivateFile } from './private-file.ts'

let files: Layout
beforeEach(() => {
  files = layout(mkdtempSync(join(tmpdir(), 'ingot-data-')))
})
afterEach(() => rmSync(files.directory, { recursive: true }))

const credentials = { clientId: 'c', clientSecret: 's', organizationId: 'o', projectId: 'p' }
const mode = (path: string) => statSync(path).mode & 0o777

test('files and new directories are open to their owner alone', () => {
  const below = join(files.directory, 'a', 'b')
  makePrivateDirectory(below)
  writePrivateFile(join(below, 'file'), 'text')
  expect([mode(join(files.directory, 'a')), mode(below), mode(join(below, 'file'))]).toEqual([
    0o700, 0o700, 0o600,
  ])
})

test('a file is replaced wholly, also over the draft of a write that never ended', () => {
  writeFileSync(`${files.credentials}.new`, 'half')
  writePrivateFile(files.credentials, 'one')
  writePrivateFile(files.credentials, 'two')
  expect(readPrivateFile(files.credentials)).toBe('two')
  expect(readdirSync(files.directory)).toEqual(['credentials.json'])
})

test('a directory below a file cannot be made, and the error says what to do', () => {
  writeFileSync(files.lock, '')
  expect(() => makePrivateDirectory(join(files.lock, 'x'))).toThrow(/cannot be written .* --data/)
})

test('one holder at a time, and the next when it lets go', () => {
  writeAddress(files, { url: 'https://localhost:1', pid: 77 })
  const lock = lockDataDirectory(files)
  expect(() => lockDataDirectory(files)).toThrow(
    /in use by another registry \(process 77, https:\/\/localhost:1\)/,
  )
  lock.release()
  lockDataDirectory(files).release()
  expect(mode(files.lock)).toBe(0o600)
})

test('what was written is read, and nothing where nothing is', () => {
  expect([readAddress(files), readCredentials(files)]).toEqual([undefined, undefined])
  writeAddress(files, { url: 'https://[fd00::1]:8443', pid: 1 })
  writeCredentials(files, credentials)
  expect(readAddress(files)).toEqual({ url: 'https://[fd00::1]:8443', pid: 1 })
  expect(readCredentials(files)).toEqual(credentials)
  expect(existsSync(`${files.credentials}.new`)).toBe(false)
})

test.each(['', '{', '[]', '"x"', '{"clientId":"c"}', '{"clientId":1}'])(
  'credentials of %j are damaged',
  (text) => {
    writeFileSync(files.credentials, text)
    expect(() => readCredentials(files)).toThrow(/credentials\.json is damaged .* remove it/)
  },
)

test('a damaged address is as good as none: the next start writes it anew', () => {
  writeFileSync(files.address, 'nonsense')
  expect(readAddress(files)).toBeUndefined()
  expect(readFileSync(files.address, 'utf8')).toBe('nonsense')
})
