import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInstalled } from '../../../test/installed-tool.ts'
import { FloppyError, floppyImage } from './floppy-image.ts'

const facts = { label: 'packer', time: new Date('2026-02-03T04:05:06Z'), serial: 0xdeadbeef }
let folder: string
let path: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-fat-'))
  path = join(folder, 'floppy.img')
})
afterAll(() => rmSync(folder, { recursive: true }))

function image(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const bytes = Object.entries(files).map(([name, content]) => [name, Buffer.from(content)] as const)
  return floppyImage(new Map(bytes), facts)
}

test('an image has the size and signature of a floppy', () => {
  const bytes = image({})
  expect(bytes).toHaveLength(1_474_560)
  expect(bytes.subarray(510, 512)).toEqual(Buffer.from([0x55, 0xaa]))
  expect(bytes.subarray(54, 62).toString()).toBe('FAT12   ')
})

describe.skipIf(!isInstalled('mdir', 'mtools'))('mtools', () => {
  const mtools = (program: string, ...args: readonly string[]) =>
    execFileSync(program, ['-i', path, ...args], {
      encoding: 'utf8',
      maxBuffer: 4_000_000,
      env: { ...process.env, TZ: 'UTC' },
    })

  test('reads files, long names and folders', () => {
    const files = {
      'README.TXT': 'short name',
      'Autounattend.xml': '<unattend/>',
      'autounattend.xml.bak': 'x'.repeat(5000),
      'drivers/net/e1000.inf': 'driver',
      'drivers/Ünïcode näme — ñ.txt': 'unicode',
      'empty.txt': '',
    }
    writeFileSync(path, image(files))
    const names = mtools('mdir', '-b', '-/', '::').split('\n').filter(Boolean)
    expect(names).toEqual(expect.arrayContaining(Object.keys(files).map((name) => `::/${name}`)))
    for (const [name, content] of Object.entries(files)) {
      expect(mtools('mtype', `::/${name}`)).toBe(content)
    }
    expect(mtools('mdir', '::')).toContain('Volume in drive : is PACKER')
    expect(mtools('mdir', '::/README.TXT')).toContain('2026-02-03   4:05')
  })

  test('reads what fills the floppy to the last byte, and a folder of many clusters', () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`many/file number ${index}`, `${index}`]),
    )
    writeFileSync(path, image(many))
    expect(mtools('mtype', '::/many/file number 299')).toBe('299')
    const full = Buffer.alloc(2847 * 512, 'ab')
    writeFileSync(path, image({ full }))
    expect(mtools('mtype', '::/full')).toBe(full.toString())
  })
})

describe.skipIf(!isInstalled('fsck.fat', 'dosfstools'))('fsck.fat', () => {
  const check = () => execFileSync('fsck.fat', ['-n', path], { encoding: 'utf8' })

  test('finds nothing wrong with any image', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_.é -]{0,30}[a-z0-9]$/)
    const files = fc.dictionary(
      fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/')),
      fc.uint8Array({ maxLength: 3000 }),
      { maxKeys: 20 },
    )
    fc.assert(
      fc.property(files, (given) => {
        let bytes: Buffer
        try {
          bytes = image(given)
        } catch (error) {
          // A path may be a file here and a folder there.
          expect(error).toBeInstanceOf(FloppyError)
          return
        }
        writeFileSync(path, bytes)
        // A line for the program, one for the sums; each fault has one of its own.
        expect(check().trim().split('\n')).toHaveLength(2)
      }),
      { numRuns: 60 },
    )
  })
})

describe('what a floppy cannot hold is refused', () => {
  test.each<[Readonly<Record<string, string | Uint8Array>>, string]>([
    [{ big: Buffer.alloc(2847 * 512 + 1) }, 'need 1458176 bytes, but a floppy holds 1457664'],
    [{ 'a:b': 'x' }, 'A floppy cannot have a file "a:b"'],
    [{ 'a/../../b': 'x' }, 'ends in no dot'],
    [{ '/': 'x' }, 'it has no name'],
    [{ ['n'.repeat(256)]: 'x' }, 'at most 255 characters'],
    [{ a: 'x', 'A/b': 'y' }, '"A/b" cannot be in "A", which is a file'],
    [{ 'a/b': 'x', A: 'y' }, '"A" is a folder too'],
    [Object.fromEntries(Array.from({ length: 224 }, (_, index) => [`F${index}`, ''])), 'Too many files'],
  ])('%#', (files, message) => {
    expect(() => image(files)).toThrow(FloppyError)
    expect(() => image(files)).toThrow(message)
  })
})
