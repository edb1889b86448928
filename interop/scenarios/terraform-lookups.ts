import { beforeAll, describe, expect, test } from 'vitest'
import {
  type Attributes,
  type TerraformUser,
  terraformProvider,
  withoutTerraform,
} from '../harness/terraform.ts'
import { type TerraformWorld, terraformWorld } from '../harness/terraform-registry.ts'

const ulid = expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/)
const instant = expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

/** A data source `hcp_packer_artifact` of the bucket `img`. */
function artifact(name: string, arguments_: string): string {
  return `data "hcp_packer_artifact" "${name}" {
  bucket_name = "img"
  ${arguments_.split(', ').join('\n  ')}
}
`
}

const configuration = `
data "hcp_packer_version" "newest" {
  bucket_name  = "img"
  channel_name = "latest"
}
data "hcp_packer_version" "prod" {
  bucket_name  = "img"
  channel_name = "prod"
}
data "hcp_packer_bucket_names" "all" {}
output "pinned" {
  value = data.hcp_packer_artifact.pinned.external_identifier
}
output "chained" {
  value = data.hcp_packer_artifact.chained.external_identifier
}
${artifact('east', 'channel_name = "prod", platform = "aws", region = "us-east-1"')}
${artifact('west', 'channel_name = "prod", platform = "aws", region = "us-west-2"')}
${artifact('pinned', 'version_fingerprint = "fp-one", platform = "aws", region = "us-east-1"')}
${artifact('chained', 'version_fingerprint = data.hcp_packer_version.prod.fingerprint, platform = "aws", region = "us-east-1"')}
${artifact('azure', 'channel_name = "latest", platform = "azure", region = "eastus"')}
${artifact('gpu', 'channel_name = "latest", platform = "aws", region = "us-east-1", component_type = "amazon-ebs.gpu"')}
${artifact('first', 'channel_name = "latest", platform = "aws", region = "us-east-1"')}
${artifact('labelled', 'channel_name = "prod", platform = "aws", region = "us-east-1", labels = { os = "ubuntu" }')}
${artifact('elsewhere', 'channel_name = "prod", platform = "aws", region = "eu-north-1", labels = { os = "ubuntu" }')}
${artifact('nowhere', 'channel_name = "latest", platform = "null", region = ""')}
`

describe.skipIf(withoutTerraform)(`${terraformProvider} looks up`, () => {
  const world = terraformWorld()
  let user: TerraformUser
  let state: Readonly<Record<string, Attributes>>
  beforeAll(async () => {
    await fill(world)
    user = world.user()
    await user.apply(configuration)
    state = await user.state()
    return () => user[Symbol.dispose]()
  })
  const found = (name: string) => state[`data.hcp_packer_artifact.${name}`]

  test('the version of a channel', () => {
    expect(state['data.hcp_packer_version.newest']).toMatchObject({ fingerprint: 'fp-two', name: 'v2' })
    expect(state['data.hcp_packer_version.prod']).toMatchObject({
      ...{ id: ulid, fingerprint: 'fp-one', name: 'v1', author_id: 'local' },
      ...{ created_at: instant, updated_at: instant, revoke_at: '0001-01-01T00:00:00.000Z' },
    })
  })

  test('an image by platform and region', () => {
    expect(found('east')).toMatchObject({
      ...{
        external_identifier: 'ami-1',
        build_id: ulid,
        component_type: 'amazon-ebs.a',
        labels: { os: 'ubuntu' },
      },
      ...{ packer_run_uuid: expect.stringMatching(/^[-\da-f]{36}$/), revoke_at: null, created_at: instant },
    })
    expect(found('west')).toMatchObject({
      external_identifier: 'ami-2',
      build_id: found('east')!['build_id'],
    })
    expect(found('azure')).toMatchObject({ external_identifier: 'img-3' })
  })

  test('an image by component type, and without it the first that was recorded', () => {
    expect(found('gpu')).toMatchObject({ external_identifier: 'ami-4' })
    expect(found('first')).toMatchObject({ external_identifier: 'ami-3' })
  })

  test('an image by labels, of any region if need be', () => {
    expect(found('labelled')).toMatchObject({ external_identifier: 'ami-1', region: 'us-east-1' })
    expect(found('elsewhere')).toMatchObject({ external_identifier: 'ami-1', region: 'us-east-1' })
  })

  test('an image without a region or an identifier', () => {
    expect(found('nowhere')).toMatchObject({ external_identifier: '', region: '' })
  })

  test('the names of all buckets, over several pages', () => {
    const { names } = state['data.hcp_packer_bucket_names.all'] as { readonly names: readonly string[] }
    expect(names).toEqual([...manyBuckets, 'img'].sort())
  })

  test('the same again in the next plan', async () => {
    expect(await user.plan()).toEqual([])
  })

  test('a pinned version when its channel has moved on, and the new one where the channel is asked', async () => {
    await world.assign('img', 'prod', 'fp-two')
    expect(await user.plan()).toEqual(['update output.chained'])
    await user.apply(configuration)
    const after = await user.state()
    expect(after['data.hcp_packer_artifact.pinned']).toMatchObject({
      ...{ external_identifier: 'ami-1', channel_name: null },
    })
    expect(after['data.hcp_packer_artifact.chained']).toMatchObject({ external_identifier: 'ami-3' })
    await world.assign('img', 'prod', 'fp-one')
  })
})

const manyBuckets = Array.from({ length: 120 }, (_, index) => `bucket-${index + 100}`)

async function fill(world: TerraformWorld): Promise<void> {
  for (const name of manyBuckets) await world.bucket(name)
  await world.bucket('img', {
    'fp-one': [
      {
        ...{ component: 'amazon-ebs.a', platform: 'aws', labels: { os: 'ubuntu' } },
        images: { 'us-east-1': 'ami-1', 'us-west-2': 'ami-2' },
      },
    ],
    'fp-two': [
      {
        component: 'amazon-ebs.base',
        platform: 'aws',
        labels: { os: 'ubuntu' },
        images: { 'us-east-1': 'ami-3', 'us-west-2': 'ami-5' },
      },
      { component: 'amazon-ebs.gpu', platform: 'aws', images: { 'us-east-1': 'ami-4' } },
      { component: 'azure-arm.a', platform: 'azure', images: { eastus: 'img-3' } },
      { component: 'null.a', platform: 'null', images: { '': '' } },
    ],
  })
  await world.channel('img', 'prod', 'fp-one')
}
