import { packerMissing, withPacker } from '@ingot/plugin-sdk'
import { test } from 'vitest'

// The real packer, with the plugin as users get it. Where there is none, the test is skipped.
const missing = await packerMissing('>= 1.11.0')

test.skipIf(missing)('packer builds the example', { timeout: 120_000 }, async () => {
  await using packer = await withPacker('>= 1.11.0', { source: '__SOURCE__' })
  const build = await packer.build('example/build.pkr.hcl')
  build.succeeds().says(/newest is .*build\.pkr\.hcl/)
})
