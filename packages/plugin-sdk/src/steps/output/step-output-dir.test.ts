import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineBuilder } from '../../builder/definition.ts'
import { config } from '../../config/config.ts'
import { testBuilder } from '../../testing/test-builder.ts'
import { runSteps } from '../run-steps.ts'
import type { StepResult } from '../step.ts'
import { stepOutputDir } from './step-output-dir.ts'

let folder: string
let output: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-output-'))
  output = join(folder, 'deep', 'out')
})
afterEach(() => rm(folder, { recursive: true }))

async function build(run: () => StepResult, packer = {}) {
  const builder = defineBuilder({
    config: config({ output: config.string().required() }),
    images: 'none',
    async run(build) {
      const fill = {
        async run() {
          await writeFile(join(build.config.output, 'disk.img'), 'disk')
          return run()
        },
      }
      await runSteps([stepOutputDir(build.config.output), fill], build)
      return undefined
    },
  })
  await testBuilder(builder).run({ output }, { packer })
}

test('the folder is made, and stays with what is in it', async () => {
  await build(() => 'continue')
  expect(await readdir(output)).toEqual(['disk.img'])
})

test('the folder of a build that failed is removed', async () => {
  await expect(build(() => 'halt')).rejects.toThrow('halted')
  expect(await readdir(join(folder, 'deep'))).toEqual([])
})

test('a folder that is there fails the build, and stays', async () => {
  await mkdir(output, { recursive: true })
  await writeFile(join(output, 'old'), '')
  await expect(build(() => 'continue')).rejects.toThrow(/exists already: remove it, or build with -force/)
  expect(await readdir(output)).toEqual(['old'])
})

test('-force replaces it', async () => {
  await mkdir(output, { recursive: true })
  await writeFile(join(output, 'old'), '')
  await build(() => 'continue', { packer_force: 'true' })
  expect(await readdir(output)).toEqual(['disk.img'])
})

test('a place where no folder can be fails the build', async () => {
  await writeFile(join(folder, 'deep'), 'a file')
  await expect(build(() => 'continue')).rejects.toThrow('ENOTDIR')
})
