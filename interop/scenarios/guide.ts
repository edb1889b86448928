import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withPacker } from '@ingot/plugin-sdk'
import { describe, expect, test } from 'vitest'
import { DocumentedProject } from '../../scripts/documented-code.ts'
import { guideFiles, guidePages } from '../../scripts/guide-pages.ts'
import { registry, world } from '../harness/world.ts'
import { packerProgram } from '../toolchain/programs.ts'

const { binary } = packerProgram('1.16.0')
const source = 'github.com/example/happy-cloud'

const forPacker = guidePages
  .map((page) => {
    const files = guideFiles(page)
    const tests = files.filter(({ text }) => text.includes('packerMissing')).map(({ name }) => name)
    return { page, files, tests, templates: files.filter(({ name }) => name.endsWith('.pkr.hcl')) }
  })
  .filter(({ tests }) => tests.length > 0)

describe.each(forPacker)('$page of the guide', ({ files, tests, templates }) => {
  test('shows tests that packer passes', () => {
    using project = new DocumentedProject(files)
    writeFileSync(join(project.folder, 'registry.json'), JSON.stringify(world().access))
    const { status, output } = project.test(tests, { PACKER: binary })
    expect(status, output).toBe(0)
    expect(output).not.toContain('skipped')
  })

  test('shows templates, if any, that packer builds one after the other', async () => {
    using project = new DocumentedProject(files)
    const entry = join(project.folder, 'src', 'plugin.ts')
    const options = { packer: binary, entry, source, variables: world().access }
    await using packer = await withPacker('1.16.0', options)
    for (const { name, text } of templates) {
      const build = (await packer.build(packer.write(name, text))).succeeds()
      expect(build.artifacts.length).toBeGreaterThan(0)
    }
  })
})

test('the child of the guide knows its parent', async () => {
  const { latest_version } = await registry().bucket('child-images')
  const [child] = await registry().builds('child-images', latest_version!.fingerprint)
  expect(child).toMatchObject({ platform: 'happy-cloud' })
  expect(child!.source_external_identifier).toMatch(/^image-north-/)
})
