import { join } from 'node:path'
import { expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { ingot } from '../harness/ingot.ts'
import { writeSources } from '../harness/sources.ts'
import { bucketName, workspace, world } from '../harness/world.ts'

test('packer 1.16.0 uploads a bill of materials, whose packages are found', async () => {
  using user = workspace('1.16.0')
  writeSources(user)
  const components = [{ type: 'library', name: 'bash', version: '5.2', purl: 'pkg:deb/debian/bash@5.2' }]
  user.write('site.cdx.json', JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components }))
  const bucket = bucketName('sbom')
  const document = join(user.folder, 'site.cdx.json')
  const { exitCode, output } = await build(user, { template: 'sbom.pkr.hcl', vars: { bucket, document } })
  expect(exitCode, output).toBe(0)

  const data = ['--data', world().dataDir]
  const listed = await ingot('sbom', 'list', bucket, 'v1', ...data)
  expect(listed.output).toContain('site-packages')
  const packages = await ingot('sbom', 'packages', bucket, ...data)
  expect(packages.output).toMatch(/bash\s+5\.2/)
})
