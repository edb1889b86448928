import { expect, test } from 'vitest'
import { EngineError } from '../errors.ts'
import { readManifest } from './read-manifest.ts'
import { buildsOfRun, type RecordOptions, recordsOf } from './records.ts'

const build = (fields: Record<string, unknown>) => ({
  name: 'web',
  builder_type: 'amazon-ebs',
  build_time: 1_507_245_986,
  files: null,
  artifact_id: 'us-east-1:ami-1',
  packer_run_uuid: 'run-1',
  custom_data: null,
  ...fields,
})

function records(builds: readonly Record<string, unknown>[], options: Partial<RecordOptions> = {}) {
  const manifest = readManifest(JSON.stringify({ builds: builds.map(build), last_run_uuid: 'run-1' }))
  return recordsOf(buildsOfRun(manifest, 'run-1'), { templateType: 'HCL2', ...options })
}

const imagesOf = (fields: Record<string, unknown>, options: Partial<RecordOptions> = {}) => {
  const [record] = records([fields], options)
  return [record?.platform, record?.artifacts.map(({ region, imageId }) => `${region}|${imageId}`)]
}

test.each([
  ['amazon-ebs', 'us-east-1:ami-1,eu-west-1:ami-2', 'aws', ['us-east-1|ami-1', 'eu-west-1|ami-2']],
  ['amazon-ebssurrogate', 'us-gov-west-1:ami-0abc', 'aws', ['us-gov-west-1|ami-0abc']],
  ['amazon-ebsvolume', 'us-east-1:vol-1,us-east-1:snap-2', 'aws', ['us-east-1|vol-1', 'us-east-1|snap-2']],
  ['azure-arm', '/subscriptions/s/images/web', 'azure', ['|/subscriptions/s/images/web']],
  ['azure-arm', 'https://a.blob.core.windows.net/x.vhd', 'azure', ['|https://a.blob.core.windows.net/x.vhd']],
  ['azure-chroot', '/subscriptions/a,/subscriptions/b', 'azure', ['|/subscriptions/a', '|/subscriptions/b']],
  ['googlecompute', 'web-2026', 'gce', ['|web-2026']],
  ['vsphere-iso', 'web, the first', 'vsphere', ['|web, the first']],
  ['vsphere-clone', 'web', 'vsphere', ['|web']],
  ['docker', 'sha256:0f1e', 'docker', ['docker|sha256:0f1e']],
  ['null', 'Null', 'null', ['null|Null']],
])('%s %s', (builder_type, artifact_id, platform, images) => {
  expect(imagesOf({ builder_type, artifact_id })).toEqual([platform, images])
})

test("packer's file builder is named after its file and folder", () => {
  const files = [{ name: 'out/web.img', size: 3 }]
  expect(imagesOf({ builder_type: 'file', artifact_id: 'File', files })).toEqual([
    'packer.file',
    ['out|web.img'],
  ])
})

test('builds are called as packer calls them', () => {
  const component = (name: string, templateType: 'HCL2' | 'JSON') =>
    records([{ name }], { templateType })[0]?.component
  expect(component('web', 'HCL2')).toBe('amazon-ebs.web')
  expect(component('web', 'JSON')).toBe('amazon-ebs.web')
  expect(component('amazon-ebs', 'HCL2')).toBe('amazon-ebs.amazon-ebs')
  expect(component('amazon-ebs', 'JSON')).toBe('amazon-ebs')
})

test('custom data says what the manifest does not', () => {
  const custom_data = {
    ingot_platform: 'openstack',
    ingot_region: 'zurich',
    ingot_component: 'openstack.web',
    ingot_artifact_id: 'img-7',
    ingot_source_image: 'img-6',
    ingot_label_os: 'linux',
    other: 'stays here',
  }
  expect(records([{ builder_type: 'openstack', custom_data }])).toEqual([
    {
      component: 'openstack.web',
      platform: 'openstack',
      artifacts: [{ imageId: 'img-7', region: 'zurich' }],
      labels: { os: 'linux' },
      sourceImageId: 'img-6',
    },
  ])
})

test('what the caller says wins over custom data, and a name over the star', () => {
  const custom_data = { ingot_region: 'custom', ingot_label_a: '1', ingot_label_b: '1' }
  const overrides = { '*': { region: 'star', labels: { b: '2' } }, web: { region: 'own' } }
  const [record] = records([{ builder_type: 'vsphere-iso', artifact_id: 'vm', custom_data }], { overrides })
  expect(record?.artifacts).toEqual([{ imageId: 'vm', region: 'own' }])
  expect(record?.labels).toEqual({ a: '1', b: '2' })
})

test('a platform that is named is read in its own way', () => {
  const fields = { builder_type: 'virtualbox-iso', artifact_id: 'us-east-1:ami-9' }
  expect(imagesOf({ ...fields, custom_data: { ingot_platform: 'aws' } })).toEqual([
    'aws',
    ['us-east-1|ami-9'],
  ])
})

test('several artifacts of one build are put together', () => {
  const both = [{ artifact_id: 'us-east-1:ami-1' }, { artifact_id: 'us-east-1:ami-1,eu-west-1:ami-2' }]
  expect(records(both)).toHaveLength(1)
  expect(records(both)[0]?.artifacts.map((artifact) => artifact.imageId)).toEqual(['ami-1', 'ami-2'])
})

test('builds that are not clear are all named, with the remedy', () => {
  const unclear = [
    { name: 'a', builder_type: 'qemu', artifact_id: 'VM' },
    { name: 'b', artifact_id: 'ami-1' },
    { name: 'c', builder_type: 'docker', artifact_id: 'Container' },
    { name: 'd', builder_type: 'googlecompute', artifact_id: '' },
    { name: 'e', builder_type: 'azure-arm', artifact_id: 'UNKNOWN ID' },
    { name: 'f' },
  ]
  try {
    records(unclear)
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError)
    expect((error as EngineError).details.map((detail) => detail.split('"')[1])).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ])
    expect((error as EngineError).message).toContain('ingot_platform')
    return
  }
  throw new Error('it was taken')
})

test('only the builds of the wanted run count', () => {
  const text = JSON.stringify({
    builds: [build({ packer_run_uuid: 'old' }), build({ name: 'new' })],
    last_run_uuid: 'run-1',
  })
  const manifest = readManifest(text)
  expect(buildsOfRun(manifest, 'run-1').map((each) => each.name)).toEqual(['new'])
  expect(buildsOfRun(manifest, 'old').map((each) => each.name)).toEqual(['web'])
  expect(() => buildsOfRun(manifest, 'none')).toThrow(/no build of run none. It has: old, run-1/)
})
