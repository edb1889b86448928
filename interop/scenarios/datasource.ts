import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { workspace } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

const off = { HCP_PACKER_REGISTRY: 'off' }

describe.each(packerVersions)('packer %s', (version) => {
  test("hands a data source's values to the builder, and the builder's to its provisioners", async () => {
    using user = workspace(version)
    user.write('site/index.html', '<h1>site</h1>\n')
    user.write('docs/guide.html', '<h1>guide</h1>\n')
    const vars = { bucket: 'unused', docs: 'site' }
    const first = await build(user, { template: 'two-images.pkr.hcl', vars, env: off })
    expect(first.exitCode, first.output).toBe(0)
    const [image] = readdirSync(join(user.folder, 'images'))

    const second = await build(user, { template: 'on-top.pkr.hcl', env: off })
    expect(second.exitCode, second.output).toBe(0)
    const id = image!.replace('-', ':').replace('.tar.gz', '')
    expect(second.output).toContain(`Adding ${id}`)
    expect(second.output).toContain(
      `the newest has ${statSync(join(user.folder, 'images', image!)).size} bytes`,
    )
    expect(second.output).toMatch(/guide\.html\s[\s\S]*index\.html/)
    expect(readdirSync(join(user.folder, 'images'))).toHaveLength(2)
  })

  test('validates the template without running the data source', async () => {
    using user = workspace(version)
    user.template('on-top.pkr.hcl')
    const { exitCode, output } = await user.packer(['validate', 'on-top.pkr.hcl'])
    expect(exitCode, output).toBe(0)
    expect(output).toContain('The configuration is valid.')
  })

  test('prints what a data source that fails says', async () => {
    using user = workspace(version)
    const { exitCode, output } = await build(user, { template: 'on-top.pkr.hcl', env: off })
    expect(exitCode, output).toBe(1)
    expect(output).toContain('There is no image in images: build one first')
  })
})
