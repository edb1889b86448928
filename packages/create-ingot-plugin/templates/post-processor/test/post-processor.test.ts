import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testPostProcessor } from '@ingot/plugin-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checksums } from '../src/post-processor.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), '__NAME__-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

test('every file has its checksum beside it', async () => {
  const file = join(folder, 'disk.img')
  writeFileSync(file, 'Hello')
  const done = await testPostProcessor(checksums).run({}, { artifact: { files: [file] } })
  expect(done.artifact.files).toEqual([file, `${file}.sha256`])
  expect(done.inputKept).toBe(true)
  expect(readFileSync(`${file}.sha256`, 'utf8')).toMatch(/^185f8db3/)
})

test('an artifact without files is refused with what to do', async () => {
  await expect(testPostProcessor(checksums).run({})).rejects.toThrow('put this behind a builder')
})
