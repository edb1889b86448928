import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { fingerprintIn } from '../harness/output.ts'
import { writeSources } from '../harness/sources.ts'
import { bucketName, registry, workspace } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

describe.each(packerVersions)(
  'packer %s with a provisioner and a post-processor in TypeScript',
  (version) => {
    test.each(['components.pkr.hcl', 'components.json'])('builds %s', async (template) => {
      using user = workspace(version)
      writeSources(user)
      const bucket = bucketName('parts')
      const isHcl = template.endsWith('.hcl')
      const { exitCode, output } = await build(user, {
        template,
        vars: isHcl ? { bucket } : {},
        env: isHcl ? {} : { HCP_PACKER_BUCKET_NAME: bucket },
      })
      expect(exitCode, output).toBe(0)
      expect(output).toContain('tarball-image.site: Files in INVENTORY: 1')

      // The post-processor's result has its own file, and the images of what it was made of.
      const [made] = await registry().builds(bucket, fingerprintIn(output))
      expect(made).toMatchObject({ platform: 'tarball', artifacts: [{ region: 'eu' }] })
      const file = `${made!.artifacts[0]!.external_identifier.replace(':', '-')}.tar.gz`
      expect(readdirSync(join(user.folder, 'out'))).toEqual([file])
      const manifest = JSON.parse(readFileSync(join(user.folder, 'manifest.json'), 'utf8'))
      expect(manifest.builds[0]).toMatchObject({
        artifact_id: made!.artifacts[0]!.external_identifier,
        files: [{ name: file }],
      })

      // What the provisioner wrote, through packer and the builder, is in the image; the title was known by then.
      const inventory = execFileSync('tar', ['-xzOf', join(user.folder, 'out', file), 'INVENTORY'], {
        encoding: 'utf8',
      })
      expect(inventory).toMatch(/^# of \/\S+\/tarball-\w+\n[0-9a-f]{64} {2}\.\/index\.html\n$/)
    })

    test.each([
      [
        { provisioners: [{ type: 'tarball-inventory', titel: 'a', title: '{{ build `ImageRot` }}' }] },
        [
          'titel: not known; did you mean "title"?',
          'no build variable "ImageRot"; did you mean "ImageRoot"?',
        ],
      ],
      [{ 'post-processors': [{ type: 'tarball-export' }] }, ['output: required, but not given']],
    ])('refuses %j before anything is built', async (wrong, messages) => {
      using user = workspace(version)
      const template = JSON.stringify({ builders: [{ type: 'tarball-image', source: 'site' }], ...wrong })
      const { exitCode, output } = await user.packer(['validate', user.write('wrong.json', template)])
      expect(exitCode).toBe(1)
      for (const message of messages) expect(output).toContain(message)
    })
  },
)
