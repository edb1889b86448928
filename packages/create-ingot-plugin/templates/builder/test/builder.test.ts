import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testBuilder } from '@ingot/plugin-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { image } from '../src/builder.ts'

let folder: string
let source: string
let output: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), '__NAME__-'))
  source = join(folder, 'source.txt')
  output = join(folder, 'images', 'image.txt')
  writeFileSync(source, 'Hello')
})

afterAll(() => rmSync(folder, { recursive: true }))

test('an image is offered in every region', async () => {
  const build = await testBuilder(image).run({ source, output, regions: ['north', 'south'] })
  expect(build.images).toMatchObject([
    { imageId: build.artifact.id, providerName: '__NAME__', providerRegion: 'north', sourceImageId: source },
    { imageId: build.artifact.id, providerName: '__NAME__', providerRegion: 'south', sourceImageId: source },
  ])
  await build.artifact.destroy()
  expect(existsSync(output)).toBe(false)
})

test('the token shows nowhere', async () => {
  const build = await testBuilder(image).run({ source, output, token: 's3cret' })
  expect(build.output).not.toContain('s3cret')
})

test('what is missing is said before the build', async () => {
  await expect(testBuilder(image).prepare({ source } as never)).rejects.toThrow('output: required')
})

test('nothing is left of a build that failed', async () => {
  const provision = () => Promise.reject(new Error('the machine is on fire'))
  await expect(testBuilder(image).run({ source, output }, { provision })).rejects.toThrow('on fire')
  expect(existsSync(output)).toBe(false)
})
