import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findChecksum } from './checksum-list.ts'
import { DownloadError } from './download-error.ts'

const [md5, sha1, sha256] = ['a'.repeat(32), 'b'.repeat(40), 'c'.repeat(64)]

test.each([
  ['as sha256sum writes it', `${sha256}  disk.iso\n${'0'.repeat(64)}  disk.iso.asc\n`, `sha256:${sha256}`],
  ['of a binary file, with a folder', `${sha1} *./images/disk.iso`, `sha1:${sha1}`],
  ['as BSD writes it', `MD5 (disk.iso) = ${md5}`, `md5:${md5}`],
  [
    'between other lines',
    `-----BEGIN PGP-----\r\n# disk.iso: 5 bytes\r\nSHA256 (disk.iso) = ${sha256}\r\n`,
    `sha256:${sha256}`,
  ],
  ['alone in the list', `${sha256}\n`, `sha256:${sha256}`],
  [
    'of several kinds, the strongest',
    `${md5}  disk.iso\n${sha256}  disk.iso\n${sha1}  disk.iso`,
    `sha256:${sha256}`,
  ],
])('a checksum %s is found', (_, list, found) => {
  const { algorithm, hex } = findChecksum(list, 'disk.iso')
  expect(`${algorithm}:${hex}`).toBe(found)
})

test.each(['', `${sha256}  other.iso`, 'disk.iso', `${sha256}\n${sha1}`, `123  disk.iso`])(
  '%j has none',
  (list) => {
    expect(() => findChecksum(list, 'disk.iso')).toThrow(DownloadError)
  },
)

test('any list has one or none', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '0', ' ', '(', ')', '=', '\n', 'disk.iso'), maxLength: 500 }),
      (list) => {
        try {
          expect(findChecksum(list, 'disk.iso').hex).toMatch(/^[0-9a-f]+$/)
        } catch (error) {
          expect(error).toBeInstanceOf(DownloadError)
        }
      },
    ),
  )
})
