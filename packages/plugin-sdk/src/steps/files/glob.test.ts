import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { glob } from './glob.ts'
import { listedFiles } from './listed-files.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-glob-'))
  await mkdir(join(folder, 'a', 'deep'), { recursive: true })
  await mkdir(join(folder, 'b'))
  for (const name of ['a/x.txt', 'a/y.md', 'a/deep/z.txt', 'b/x.txt', 'b/[odd].txt'])
    await writeFile(join(folder, name), name)
  await symlink(folder, join(folder, 'a', 'deep', 'loop'))
})
afterAll(() => rm(folder, { recursive: true }))

test.each([
  ['a/x.txt', ['a/x.txt']],
  ['*/x.txt', ['a/x.txt', 'b/x.txt']],
  ['a/*', ['a/deep', 'a/x.txt', 'a/y.md']],
  ['?/*.t[xy]t', ['a/x.txt', 'b/[odd].txt', 'b/x.txt']],
  ['[^a]/x.*', ['b/x.txt']],
  ['b/[[]odd*', ['b/[odd].txt']],
  ['a/', ['a/']],
  ['*/', ['a/', 'b/']],
  ['c/*', []],
  ['c', []],
])('%s', async (pattern, found) => {
  expect(await glob(join(folder, pattern))).toEqual(found.map((path) => join(folder, path)))
})

describe('listed files', () => {
  const paths = async (list: string, slash: 'content' | 'same') =>
    (await listedFiles([join(folder, list)], slash)).map(({ path }) => path)

  test('of a folder keep its name, unless a slash says otherwise', async () => {
    expect(await paths('b', 'content')).toEqual(['b/[odd].txt', 'b/x.txt'])
    expect(await paths('b/', 'same')).toEqual(['b/[odd].txt', 'b/x.txt'])
    expect(await paths('b/', 'content')).toEqual(['[odd].txt', 'x.txt'])
  })

  test('end where links go in circles', async () => {
    expect(await paths('a', 'content')).toEqual([
      'a/deep/loop/b/[odd].txt',
      'a/deep/loop/b/x.txt',
      'a/deep/z.txt',
      'a/x.txt',
      'a/y.md',
    ])
  })
})
