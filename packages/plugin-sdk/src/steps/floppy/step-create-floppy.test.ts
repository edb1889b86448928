import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defineBuilder } from '../../builder/definition.ts'
import { type ConfigInput, config } from '../../config/config.ts'
import { testBuilder } from '../../testing/test-builder.ts'
import { runSteps } from '../run-steps.ts'
import type { StateBag } from '../state-bag.ts'
import { floppyConfig } from './floppy-config.ts'
import { stepCreateFloppy } from './step-create-floppy.ts'

const settings = config(floppyConfig())
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-floppy-'))
  await mkdir(join(folder, 'drivers', 'net'), { recursive: true })
  await writeFile(join(folder, 'Autounattend.xml'), 'FROM-FILE')
  await writeFile(join(folder, 'setup.ps1'), 'SETUP')
  await writeFile(join(folder, 'drivers', 'net', 'e.inf'), 'DRIVER')
})
afterAll(() => rm(folder, { recursive: true }))

async function made(given: ConfigInput<typeof settings>) {
  let path: string | undefined
  let image = Buffer.alloc(0)
  const look = {
    async run(state: StateBag) {
      path = state.getOk('floppy_path')
      if (path) image = await readFile(path)
    },
  }
  const builder = defineBuilder({
    config: settings,
    images: 'none',
    async run(build) {
      await runSteps([stepCreateFloppy(build.config), look], build)
      return undefined
    },
  })
  await testBuilder(builder).run(given)
  return { path, text: image.toString('latin1') }
}

test('nothing is made where nothing is named', async () => {
  expect((await made({})).path).toBeUndefined()
})

test('files, folders and content are on it, and it is gone after the build', async () => {
  const { path, text } = await made({
    floppy_files: [join(folder, '*.ps1'), join(folder, 'Autounattend.xml')],
    floppy_dirs: [join(folder, 'drivers')],
    floppy_content: { 'autounattend.xml': 'FROM-TEMPLATE', 'answers/net.txt': 'ANSWER' },
    floppy_label: 'answers',
  })
  for (const content of ['SETUP', 'DRIVER', 'FROM-TEMPLATE', 'ANSWER', 'ANSWERS    FAT12'])
    expect(text).toContain(content)
  expect(text).not.toContain('FROM-FILE')
  await expect(readdir(dirname(path!))).rejects.toThrow()
})

test('a file that is missing fails the build', async () => {
  await expect(made({ floppy_files: [join(folder, 'nothing.txt')] })).rejects.toThrow(
    /There is no file .*nothing.txt/,
  )
})

test('files that do not fit are not read', async () => {
  const big = join(folder, 'big.bin')
  await writeFile(big, Buffer.alloc(2_000_000))
  await expect(made({ floppy_files: [big] })).rejects.toThrow('do not fit onto a floppy')
})

test('a label that is none is refused', async () => {
  await expect(made({ floppy_label: 'longer than eleven' })).rejects.toThrow(
    'floppy_label: must be at most 11',
  )
})
