import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatasource } from '@ingot/plugin-sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newest } from '../src/datasource.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), '__NAME__-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

test('the newest file is found', async () => {
  writeFileSync(join(folder, 'new.txt'), 'Hello')
  writeFileSync(join(folder, 'old.txt'), '')
  utimesSync(join(folder, 'old.txt'), 1, 1)
  expect(await testDatasource(newest).run({ folder })).toEqual({ path: join(folder, 'new.txt'), size: 5 })
})

test('an empty folder is refused with what to do', async () => {
  await expect(testDatasource(newest).run({ folder })).rejects.toThrow('name a folder that has one')
})
