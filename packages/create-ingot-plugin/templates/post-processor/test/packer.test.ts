import { packerMissing, withPacker } from '@ingot/plugin-sdk'
import { expect, test } from 'vitest'

// The real packer, with the plugin as users get it. Where there is none, the test is skipped.
const missing = await packerMissing('>= 1.11.0')

test.skipIf(missing)('packer builds the example', { timeout: 120_000 }, async () => {
  await using packer = await withPacker('>= 1.11.0', { source: '__SOURCE__' })
  const output = `${packer.folder}/notes.txt`
  const build = await packer.build('example/build.pkr.hcl', { vars: { output } })
  // What came in stays, and comes before what the post-processor made of it.
  const made = build.succeeds().artifacts.at(-1)
  expect(made?.files).toEqual([output, `${output}.sha512`])
})
