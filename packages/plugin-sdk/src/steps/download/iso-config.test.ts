import { describe, expect, test } from 'vitest'
import { defineBuilder } from '../../builder/definition.ts'
import { type ConfigOf, config } from '../../config/config.ts'
import { testBuilder } from '../../testing/test-builder.ts'
import { isoConfig, isoDownload, isoWarnings } from './iso-config.ts'

const settings = config(isoConfig())
const hex = 'A'.repeat(64)

async function decoded(given: Readonly<Record<string, unknown>>): Promise<ConfigOf<typeof settings>> {
  let found: ConfigOf<typeof settings> | undefined
  const builder = defineBuilder({
    config: settings,
    images: 'none',
    run({ config }) {
      found = config
      return undefined
    },
  })
  await testBuilder(builder).run(given as never)
  return found!
}

test('a download is made of the fields', async () => {
  expect(isoDownload(await decoded({ iso_url: 'http://x/y.iso', iso_checksum: hex }))).toEqual({
    description: 'ISO',
    urls: ['http://x/y.iso'],
    checksum: `sha256:${'a'.repeat(64)}`,
    resultKey: 'iso_path',
    extension: 'iso',
  })
  const several = {
    iso_urls: ['a', 'b'],
    iso_checksum: 'file:SUMS',
    iso_target_path: 't',
    iso_target_extension: 'img',
  }
  expect(isoDownload(await decoded(several))).toEqual({
    description: 'ISO',
    urls: ['a', 'b'],
    checksum: 'file:SUMS',
    resultKey: 'iso_path',
    extension: 'img',
    targetPath: 't',
  })
})

describe('the configuration', () => {
  test.each([
    [{ iso_checksum: hex }, 'iso_url, iso_urls: required: give one of them'],
    [{ iso_url: 'a', iso_urls: ['b'], iso_checksum: hex }, 'iso_url, iso_urls: exclude each other'],
    [{ iso_url: 'a' }, 'iso_checksum: required'],
    [{ iso_url: 'a', iso_checksum: 'sha256:1' }, 'iso_checksum: "sha256:1" is no checksum: write md5:'],
  ])('%j is refused', async (given, message) => {
    await expect(decoded(given)).rejects.toThrow(message)
  })

  test('none is warned of', async () => {
    const builder = defineBuilder({
      config: settings,
      images: 'none',
      prepare: ({ config, warn }) => isoWarnings(config).forEach(warn),
      run: () => undefined,
    })
    const warnings = (checksum: string) =>
      testBuilder(builder).prepare({ iso_url: 'a', iso_checksum: checksum })
    expect(await warnings('none')).toEqual([
      expect.stringContaining('nothing checks that ISO is the right file'),
    ])
    expect(await warnings(hex)).toEqual([])
  })
})
