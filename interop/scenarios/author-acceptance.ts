import { join } from 'node:path'
import { packerMissing, withPacker } from '@ingot/plugin-sdk'
import { describe, expect, test } from 'vitest'
import { bucketName, registry, world } from '../harness/world.ts'
import { packerProgram, packerVersions } from '../toolchain/programs.ts'

const entry = join(import.meta.dirname, '..', '..', 'examples', 'tarball', 'src', 'plugin.ts')

const template = `
  variable "greeting" {}

  source "tarball-image" "site" {
    source  = "site"
    regions = ["eu"]
  }

  build {
    hcp_packer_registry { bucket_name = var.greeting }
    sources = ["source.tarball-image.site"]

    provisioner "shell-local" { inline = ["echo \${var.greeting}, two"] }
  }
`

describe.each(packerVersions)('the test kit with packer %s', (version) => {
  const { binary } = packerProgram(version)

  test('bundles a plugin, installs it and tells what packer made of it', async () => {
    await using packer = await withPacker(version, { packer: binary, entry })
    expect(packer.version).toBe(version)
    packer.write('site/index.html', '<h1>site</h1>')
    const build = await packer.build(template, { vars: { greeting: 'one' } })
    build
      .succeeds()
      .says('one, two')
      .logs(/packer-plugin-tarball_v1\.0\.0_x5\.0_/)
    const made = build.artifact('tarball-image.site')
    expect(made).toMatchObject({ builderId: 'tarball.image', id: expect.stringMatching(/^sha256:/) })
    expect(made.files).toEqual([expect.stringMatching(/\.tar/)])
    const listed = await packer.run(['plugins', 'installed'])
    listed.succeeds().says('github.com/test/tarball/packer-plugin-tarball_v1.0.0')
  })

  test('publishes where a registry’s variables are given', async () => {
    const { access, plugin: file } = world()
    await using packer = await withPacker(version, { packer: binary, file, variables: access })
    packer.write('site/index.html', '<h1>site</h1>')
    const bucket = bucketName('acceptance')
    const build = await packer.build(template, { vars: { greeting: bucket } })
    const { id } = build.succeeds().publishes(bucket).artifact()
    const { latest_version } = await registry().bucket(bucket)
    const [published] = await registry().builds(bucket, latest_version!.fingerprint)
    expect(published!.artifacts).toMatchObject([{ external_identifier: id, region: 'eu' }])
  })

  test('tells what packer refuses, in a build and before', async () => {
    await using packer = await withPacker(version, { packer: binary, file: world().plugin })
    const wrong = template.replace('regions', 'region')
    const { output } = (await packer.validate(wrong, { vars: { greeting: 'trial' } })).fails('region')
    expect(output).toContain('Unsupported argument')
    const json = JSON.stringify({ builders: [{ type: 'tarball-image', source: 'absent' }] })
    ;(await packer.build(json)).fails('absent').hides('s3cret')
  })
})

test('a packer of another version is missing', async () => {
  const { binary } = packerProgram('1.12.0')
  expect(await packerMissing('1.12.0', { packer: binary })).toBeUndefined()
  expect(await packerMissing('>= 1.13.0', { packer: binary })).toContain(`found ${binary}, 1.12.0`)
})
