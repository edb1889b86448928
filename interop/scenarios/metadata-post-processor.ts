import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { type TemporaryFolder, temporaryFolder } from '../harness/folder.ts'
import { ingot } from '../harness/ingot.ts'
import { fingerprintIn, unwrapped } from '../harness/output.ts'
import { writeSources } from '../harness/sources.ts'
import { openWorkspace, type Workspace } from '../harness/workspace.ts'
import { bucketName, registry, world } from '../harness/world.ts'
import { goTwin, type PackerVersion, packerVersions } from '../toolchain/programs.ts'

// A builder in Go whose artifact says nothing to a registry, as QEMU's does.
const silent = { TWIN_SILENT: '1' }
const entry = join(import.meta.dirname, '..', '..', 'plugins', 'metadata', 'src', 'plugin.ts')

let folder: TemporaryFolder

beforeAll(async () => {
  folder = temporaryFolder()
  const plugin = join(folder.path, 'packer-plugin-metadata')
  await ingot('plugin', 'bundle', entry, '--out', plugin)
  await ingot('plugin', 'install', plugin, 'github.com/ingot/metadata', '--plugin-dir', plugins())
  await ingot('plugin', 'install', goTwin.binary, 'github.com/ingot/twin', '--plugin-dir', plugins())
})
afterAll(() => folder[Symbol.dispose]())

describe.each([...packerVersions, '1.9.4'] as const)(
  'packer %s with the metadata post-processor',
  (version) => {
    test('publishes the image of a builder that says nothing, which fails without', async () => {
      using user = machine(version)
      const bucket = bucketName('publishable')
      const request = { template: 'publishable.pkr.hcl', vars: { bucket }, env: silent }
      const without = await build(user, { ...request, args: ['-except=metadata'] })
      expect(without.exitCode).toBe(failure(version))
      for (const complaint of complaints(version)) expect(unwrapped(without.output)).toContain(complaint)
      const [failed] = await registry().builds(bucket, fingerprintIn(without.output))
      expect(failed).toMatchObject({ status: expect.not.stringMatching('BUILD_DONE'), artifacts: [] })

      const { exitCode, output } = await build(user, request)
      expect(exitCode, output).toBe(0)
      const [made] = await registry().builds(bucket, fingerprintIn(output))
      const image = made!.artifacts[0]!.external_identifier
      expect(output).toContain(`twin-image.vm (metadata): Image ${image} of qemu in dc1`)
      expect(existsSync(join(user.folder, 'images', image))).toBe(true)
      expect(made).toMatchObject({
        component_type: 'twin-image.vm',
        status: 'BUILD_DONE',
        platform: 'qemu',
        source_external_identifier: 'debian-12',
        artifacts: [{ external_identifier: image, region: 'dc1' }],
        labels: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), run: made!.packer_run_uuid },
      })
    })

    test.each([true, false])(
      'names several images after another post-processor, keep_input_artifact = %s',
      async (keep) => {
        using user = machine(version)
        const bucket = bucketName('chain')
        const vars = { bucket, keep: String(keep) }
        const { exitCode, output } = await build(user, {
          template: 'publishable-chain.pkr.hcl',
          vars,
          env: silent,
        })
        expect(exitCode, output).toBe(0)
        const [made] = await registry().builds(bucket, fingerprintIn(output))
        expect(made).toMatchObject({ platform: 'qemu', labels: { second: 'yes', file: expect.any(String) } })
        expect(made!.artifacts.map((each) => [each.external_identifier, each.region]).toSorted()).toEqual([
          ['vm-a', 'dc1'],
          ['vm-b', 'dc2'],
        ])
        // Nothing was taken away, and what comes after sees the artifact as it was.
        expect(readdirSync(join(user.folder, 'images'))).toHaveLength(1)
        const manifest = JSON.parse(readFileSync(join(user.folder, 'manifest.json'), 'utf8'))
        for (const { name } of manifest.builds[0].files)
          expect(existsSync(resolve(user.folder, name))).toBe(true)
      },
    )

    test('over packer’s own builders: null gives way, file decides the platform', async () => {
      using user = machine(version)
      const bucket = bucketName('own')
      const { exitCode, output } = await build(user, {
        template: 'publishable-own.pkr.hcl',
        vars: { bucket },
      })
      expect(exitCode, output).toBe(0)
      const [file, none] = await registry().builds(bucket, fingerprintIn(output))
      expect(none).toMatchObject({
        component_type: 'null.script',
        platform: 'happy',
        artifacts: [{ external_identifier: 'image-of-script' }],
      })
      expect(file).toMatchObject({ component_type: 'file.note', platform: 'packer.file' })
      expect(file!.artifacts.map((each) => each.external_identifier).toSorted()).toEqual([
        'image-of-note',
        'note.txt',
      ])
      expect(unwrapped(output)).toContain('set provider = "packer.file" to agree with it')
      expect(readFileSync(join(user.folder, 'out', 'note.txt'), 'utf8')).toBe('made by packer alone\n')
    })

    test.each([true, false])('over packer’s own builders with keep_input_artifact = %s', async (keep) => {
      using user = machine(version)
      const bucket = bucketName('keep')
      const vars = { bucket, keep: String(keep) }
      const { exitCode, output } = await build(user, { template: 'publishable-own.pkr.hcl', vars })
      expect(exitCode, output).toBe(0)
      const [file, none] = await registry().builds(bucket, fingerprintIn(output))
      const ids = none!.artifacts.map((each) => each.external_identifier).toSorted()
      expect(ids).toEqual(keep ? ['Null', 'image-of-script'] : ['image-of-script'])
      expect(none!.platform).toBe(keep ? 'null' : 'happy')
      expect(file!.artifacts).toHaveLength(2)
      expect(existsSync(join(user.folder, 'out', 'note.txt'))).toBe(true)
    })

    test('in a JSON template, with its functions and build variables', async () => {
      using user = machine(version)
      const bucket = bucketName('json')
      const env = { ...silent, HCP_PACKER_BUCKET_NAME: bucket }
      const without = await build(user, { template: 'publishable.json', args: ['-except=metadata'], env })
      expect(without.exitCode).toBe(failure(version))
      expect(unwrapped(without.output)).toContain(complaints(version)[0])

      const { exitCode, output } = await build(user, { template: 'publishable.json', env })
      expect(exitCode, output).toBe(0)
      const [script, vm] = await registry().builds(bucket, fingerprintIn(output))
      expect(script).toMatchObject({ platform: 'happy', artifacts: [{ external_identifier: 'image-test' }] })
      expect(vm).toMatchObject({
        platform: 'qemu',
        labels: { stage: 'test', run: expect.stringMatching(/-/) },
      })
      const ids = vm!.artifacts.map((each) => each.external_identifier)
      expect(ids).toHaveLength(2)
      expect(ids).toContain('vm')
      expect(readdirSync(join(user.folder, 'images'))).toContain(ids.find((id) => id !== 'vm'))
    })
  },
)

/** What packer ends with when an artifact cannot be published: older ones say so, and take it for a success. */
function failure(version: PackerVersion): number {
  return Number(version.split('.')[1]) < 12 ? 0 : 1
}

/** What the user reads then. */
function complaints(version: PackerVersion): readonly [string, ...string[]] {
  if (version === '1.9.4')
    return ['setting a build to DONE with no published images is not currently supported']
  return [
    'The "twin-image.vm" builder produced an artifact that cannot be pushed to HCP Packer',
    'No HCP Packer-compatible artifacts were found for the build Check that you are using an HCP Ready integration',
  ]
}

/** A user's machine with the post-processor and the silent builder on it. */
function machine(version: PackerVersion): Workspace {
  const user = openWorkspace({ version, access: world().access, plugins: plugins() })
  writeSources(user)
  return user
}

function plugins(): string {
  return join(folder.path, 'plugins')
}
