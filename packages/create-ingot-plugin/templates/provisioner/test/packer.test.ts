import { packerMissing, withPacker } from '@ingot/plugin-sdk'
import { test } from 'vitest'

// The real packer, with the plugin as users get it. Where there is none, the test is skipped.
const missing = await packerMissing('>= 1.11.0')

test.skipIf(missing)('packer takes the example', { timeout: 120_000 }, async () => {
  await using packer = await withPacker('>= 1.11.0', { source: '__SOURCE__' })
  const checked = await packer.validate('example/build.pkr.hcl', { vars: { text: 'Hello' } })
  checked.succeeds()
  ;(await packer.validate('example/build.pkr.hcl', { vars: { text: '' } })).fails('text')
})
