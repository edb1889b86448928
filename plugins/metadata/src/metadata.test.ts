import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConfigInput, type TestProcessOptions, testPostProcessor } from '@ingot/plugin-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checksumsOf } from './checksums.ts'
import { metadata } from './metadata.ts'
import type { settings } from './settings.ts'

const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
const md5 = '900150983cd24fb0d6963f7d28e17f72'
let folder: string
let disk: string
let firmware: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-metadata-'))
  disk = join(folder, 'disk.qcow2')
  firmware = join(folder, 'efivars.fd')
  writeFileSync(disk, 'abc')
  writeFileSync(firmware, '')
})
afterAll(() => rmSync(folder, { recursive: true }))

type Config = ConfigInput<typeof settings>

/** An artifact as QEMU's builder makes it: a file, an id that is always the same, and no word to a registry. */
const qemu = () => ({
  id: 'VM',
  builderId: 'transcend.qemu',
  files: [disk, firmware],
  data: { Host: '10.0.0.1' },
  state: (name: string) => (name === 'diskType' ? 'qcow2' : undefined),
})

function run(config: Config, options: TestProcessOptions = {}) {
  return testPostProcessor(metadata).run(config, { artifact: qemu(), ...options })
}

test('four lines name an image, and leave the artifact as it is', async () => {
  const done = await run({ image: 'base-1', provider: 'qemu' })
  expect(done.images).toEqual([
    { imageId: 'base-1', providerName: 'qemu', providerRegion: '', sourceImageId: '', labels: {} },
  ])
  expect(done.artifact).toMatchObject({ id: 'VM', builderId: 'transcend.qemu', files: [disk, firmware] })
  expect(await done.artifact.state('diskType')).toBe('qcow2')
  expect(await done.artifact.state('generated_data')).toMatchObject({ Host: '10.0.0.1' })
  expect(done.output).toBe('Image base-1 of qemu')
})

test('every option says what the registry gets', async () => {
  const { images, output } = await run({
    image: 'base-1',
    provider: 'qemu',
    region: 'dc1',
    source_image: 'debian-12',
    labels: { os: 'debian', arch: 'amd64' },
  })
  expect(images).toEqual([
    {
      imageId: 'base-1',
      providerName: 'qemu',
      providerRegion: 'dc1',
      sourceImageId: 'debian-12',
      labels: { os: 'debian', arch: 'amd64' },
    },
  ])
  expect(output).toBe('Image base-1 of qemu in dc1')
})

test('without a provider the builder stands for it, as with every builder that says nothing else', async () => {
  expect((await run({ image: 'base-1' })).images).toMatchObject([{ providerName: 'transcend.qemu' }])
})

test('blocks name several images, each with what stands beside them unless it says otherwise', async () => {
  const { images } = await run({
    images: [
      { id: 'a', region: 'dc1', labels: { disk: 'ssd' } },
      { id: 'b', region: 'dc2', provider: 'kvm', source_image: 'other', labels: { os: 'arch' } },
    ],
    provider: 'qemu',
    source_image: 'debian-12',
    labels: { os: 'debian' },
  })
  expect(images).toMatchObject([
    {
      imageId: 'a',
      providerName: 'qemu',
      providerRegion: 'dc1',
      sourceImageId: 'debian-12',
      labels: { os: 'debian', disk: 'ssd' },
    },
    {
      imageId: 'b',
      providerName: 'kvm',
      providerRegion: 'dc2',
      sourceImageId: 'other',
      labels: { os: 'arch' },
    },
  ])
})

describe('templates', () => {
  test.each([
    ['{{ .ID }}', 'VM'],
    ['{{ .BuilderId }}', 'transcend.qemu'],
    ['{{ .FileName }}', 'disk.qcow2'],
    ['sha256:{{ .SHA256 }}', `sha256:${sha256}`],
    ['{{ .MD5 | upper }}', md5.toUpperCase()],
    [
      '{{ range .Files }}{{ basename . }}={{ md5 . }},{{ end }}',
      `disk.qcow2=${md5},efivars.fd=d41d8cd98f00b204e9800998ecf8427e,`,
    ],
    ['{{ sha256 (index .Files 0) }}', sha256],
    ['{{ build `Host` }}', '10.0.0.1'],
    ['{{ build_name }}-{{ packer_version }}', 'test-1.16.0'],
    ['{{ user `stage` }}', 'test'],
  ])('%s reads %s, in either kind of template', async (image, imageId) => {
    for (const template of ['hcl', 'json'] as const) {
      const packer = { packer_user_variables: { stage: 'test' } }
      expect((await run({ image }, { template, packer })).images).toMatchObject([{ imageId }])
    }
  })

  test('are filled in everywhere', async () => {
    const { images } = await run({
      images: [{ id: '{{ .FileName }}', region: '{{ build `Host` }}', labels: { md5: '{{ .MD5 }}' } }],
      provider: '{{ .BuilderId }}',
      source_image: '{{ .ID }}',
    })
    expect(images).toEqual([
      {
        imageId: 'disk.qcow2',
        providerName: 'transcend.qemu',
        providerRegion: '10.0.0.1',
        sourceImageId: 'VM',
        labels: { md5 },
      },
    ])
  })

  test.each<[Config, TestProcessOptions, string]>([
    [
      { image: '{{ .File }}' },
      { artifact: {} },
      'image = "{{ .File }}" cannot be filled in: The artifact has no files',
    ],
    [{ image: '{{ .ID }}' }, { artifact: {} }, 'The artifact has no id'],
    [{ image: '{{ .SHA256 }}' }, { artifact: {} }, 'The artifact has no files'],
    [{ image: '{{ .Fiel }}' }, {}, 'There is no field "Fiel"; did you mean "File"?'],
    [
      { image: 'a', region: '{{ build `Hots` }}' },
      {},
      'region = "{{ build `Hots` }}" cannot be filled in: There is no build variable "Hots"',
    ],
    [
      { image: 'a', labels: { x: '<unknown>' } },
      {},
      'labels.x = "<unknown>" cannot be filled in: It reads a build variable that the builder does not give',
    ],
    [{ image: '{{ md5 "elsewhere" }}' }, {}, 'The artifact has no file elsewhere'],
    [{ image: '' }, {}, 'image, images: required: give one of them'],
    [{ image: '{{ if false }}x{{ end }}' }, {}, 'imageId: is empty'],
    [{ image: '{{ .MD5 }}' }, { artifact: { files: ['/no/such/disk'] } }, 'no such file'],
  ])('%j is refused', async (config, options, message) => {
    await expect(run(config, options)).rejects.toThrow(message)
  })
})

test.each<[unknown, string]>([
  [{}, 'image, images: required: give one of them'],
  [{ image: 'a', images: [{ id: 'b' }] }, 'image, images: exclude each other'],
  [{ images: [{ region: 'dc1' }] }, 'images[0].id: required, but not given'],
  [{ image: 'a', provdier: 'qemu' }, 'provdier: not known; did you mean "provider"?'],
])('%j is refused when the template is read', async (config, message) => {
  await expect(testPostProcessor(metadata).configure(config as Config)).rejects.toThrow(message)
})

test('build variables that are not known yet pass when the template is read', async () => {
  await testPostProcessor(metadata).configure({ image: '<unknown>', provider: 'qemu' })
})

describe('what came in', () => {
  test('stays, whatever the template says: without it the images would be gone', async () => {
    expect((await run({ image: 'a' })).inputKept).toBe(true)
    expect((await run({ image: 'a' }, { keepInputArtifact: false })).inputKept).toBe(true)
  })

  test('of the null builder is nothing, and goes unless the template says otherwise', async () => {
    const artifact = {
      id: 'Null',
      builderId: 'fnoeding.null',
      images: { imageId: 'Null', providerName: 'null' },
    }
    expect(await run({ image: 'a', provider: 'aws' }, { artifact })).toMatchObject({
      inputKept: false,
      images: [{ imageId: 'a', providerName: 'aws' }],
      output: 'Image a of aws',
    })
    expect((await run({ image: 'a' }, { artifact, keepInputArtifact: true })).inputKept).toBe(true)
  })

  test('with images of another provider decides the platform, and the user hears of it', async () => {
    const artifact = { ...qemu(), images: { imageId: 'x', providerName: 'packer.file' } }
    const { output, images } = await run({ image: 'a', provider: 'qemu' }, { artifact })
    expect(output).toContain('set provider = "packer.file" to agree with it')
    expect(images).toMatchObject([{ imageId: 'a', providerName: 'qemu' }])
    const agreed = await run({ image: 'a', provider: 'packer.file' }, { artifact })
    expect(agreed.output).toBe('Image a of packer.file')
  })
})

test('a cancelled build stops reading', async () => {
  await expect(checksumsOf([disk], ['md5'], AbortSignal.abort())).rejects.toThrow('aborted')
})
