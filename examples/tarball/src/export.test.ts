import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testPostProcessor } from '@ingot/plugin-sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exported } from './export.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('an image is copied out, and stays the image that it was', async () => {
  const file = join(folder, 'stored')
  await writeFile(file, 'content')
  const output = join(folder, 'out', '{{ .ID }}.tar.gz')
  const images = { imageId: 'sha256:1', providerName: 'tarball' }
  const artifact = { id: 'sha256:1', files: [file], images }
  const done = await testPostProcessor(exported).run({ output }, { artifact })
  const copy = join(folder, 'out', 'sha256-1.tar.gz')
  expect(await readFile(copy, 'utf8')).toBe('content')
  expect(done).toMatchObject({
    artifact: { id: 'sha256:1', files: [copy] },
    images: [images],
    inputKept: true,
  })
  await done.artifact.destroy()
  expect(existsSync(copy)).toBe(false)
  expect(existsSync(file)).toBe(true)
})

test('an artifact without files is refused', async () => {
  const run = testPostProcessor(exported).run({ output: 'x' }, { artifact: { builderId: 'cloud' } })
  await expect(run).rejects.toThrow('The artifact of cloud has no file to export')
})
