import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { ingot } from '../harness/ingot.ts'
import { writeSources } from '../harness/sources.ts'
import { openWorkspace } from '../harness/workspace.ts'
import { world } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

describe.each(packerVersions)('packer %s', (version) => {
  test('takes a plugin that ingot installed, also inside a project of ES modules and under NODE_OPTIONS', async () => {
    using user = openWorkspace({ version, access: {} })
    writeSources(user)
    user.write('package.json', '{ "type": "module" }')
    user.write('loader.mjs', '')
    const plugins = join(user.folder, 'plugins')
    await ingot('plugin', 'install', world().plugin, 'github.com/ingot/tarball', '--plugin-dir', plugins)
    const env = { NODE_OPTIONS: `--import ${join(user.folder, 'loader.mjs')}` }

    const listed = await user.packer(['plugins', 'installed'], { env })
    expect(listed.output).toMatch(/github\.com\/ingot\/tarball\/packer-plugin-tarball_v1\.0\.0_x5\.0_/)
    const vars = { bucket: 'unused' }
    const built = await build(user, {
      template: 'two-images.pkr.hcl',
      vars,
      env: { ...env, HCP_PACKER_REGISTRY: 'off' },
    })
    expect(built.exitCode, built.output).toBe(0)
  })
})
