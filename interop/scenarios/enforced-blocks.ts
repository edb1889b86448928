import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { ingot } from '../harness/ingot.ts'
import { bucketName, workspace, world } from '../harness/world.ts'

/** packer asks for enforced blocks from 1.15.2 on. */
const versions = ['1.16.0', '1.15.4'] as const

describe.each(versions)('packer %s in a bucket that enforces a block', (version) => {
  test('runs it, unless it is told not to, which the registry marks', async () => {
    using user = workspace(version)
    const bucket = bucketName('enforced')
    const block = `harden-${version.replaceAll('.', '-')}`
    const data = ['--data', world().dataDir]
    const file = join(user.folder, 'harden.pkr.hcl')
    writeFileSync(file, 'provisioner "shell-local" {\n  inline = ["echo this is enforced"]\n}\n')
    await ingot('bucket', 'create', bucket, ...data)
    await ingot('enforced-block', 'create', block, '--file', file, ...data)
    await ingot('enforced-block', 'link', block, bucket, ...data)

    const how = { template: 'own-builders.pkr.hcl', vars: { bucket } }
    const enforced = await build(user, how)
    expect(enforced.exitCode, enforced.output).toBe(0)
    expect(enforced.output).toContain(`Loaded 1 enforced provisioner(s) from HCP block "${block}"`)
    expect(enforced.output).toContain('null.nothing: this is enforced')
    expect((await ingot('why', bucket, 'v1', ...data)).output).not.toContain(block)

    const skipped = await build(user, { ...how, args: ['-skip-enforcement', '-force'] })
    expect(skipped.exitCode, skipped.output).toBe(0)
    expect(skipped.output).not.toContain('this is enforced')
    expect((await ingot('why', bucket, 'v2', ...data)).output).toContain(block)
  })
})
