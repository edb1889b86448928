import { beforeAll, describe, expect, test } from 'vitest'
import { type TerraformUser, terraformProvider, withoutTerraform } from '../harness/terraform.ts'
import { oneBuild, terraformWorld } from '../harness/terraform-registry.ts'

const lookups = (condition = '') => `data "hcp_packer_version" "v" {
  bucket_name  = "img"
  channel_name = "prod"
  ${condition}
}
data "hcp_packer_artifact" "a" {
  bucket_name  = "img"
  channel_name = "prod"
  platform     = "aws"
  region       = "us-east-1"
}
`

const assignment = (fingerprint: string) => `resource "hcp_packer_channel_assignment" "prod" {
  bucket_name         = "img"
  channel_name        = "prod"
  version_fingerprint = "${fingerprint}"
}
`

const condition = `lifecycle {
    postcondition {
      condition     = self.revoke_at == "0001-01-01T00:00:00.000Z"
      error_message = "This image is revoked."
    }
  }`

describe.skipIf(withoutTerraform)(`${terraformProvider} and revocations`, () => {
  const world = terraformWorld()
  let user: TerraformUser
  beforeAll(async () => {
    await world.bucket('img', { 'fp-one': oneBuild, 'fp-two': oneBuild })
    await world.call('CreateVersion', { BucketName: 'img', Body: { fingerprint: 'fp-open' } })
    await world.channel('img', 'prod', 'fp-one')
    user = world.user()
    return () => user[Symbol.dispose]()
  })
  const change = async (Fingerprint: string, Body: object) =>
    await world.call('UpdateVersion', { BucketName: 'img', Fingerprint, Body })
  const looked = async () => {
    await user.apply(lookups())
    const { 'data.hcp_packer_version.v': version, 'data.hcp_packer_artifact.a': image } = await user.state()
    return {
      fingerprint: version!['fingerprint'],
      version: version!['revoke_at'],
      image: image!['revoke_at'],
    }
  }

  test('a revocation that lies ahead is shown to the millisecond, and gone when it is taken back', async () => {
    const at = '2099-01-02T03:04:05.678Z'
    await change('fp-one', { revoke_at: at })
    expect(await looked()).toEqual({ fingerprint: 'fp-one', version: at, image: at })
    await change('fp-one', { restore: true })
    expect(await looked()).toEqual({
      ...{ fingerprint: 'fp-one', version: '0001-01-01T00:00:00.000Z', image: null },
    })
  })

  test('a version that stays on its channel when it is revoked is found, and a condition of the user stops', async () => {
    await change('fp-one', { revoke_in: '0s', disable_rollback_channels: true })
    const { fingerprint, version, image } = await looked()
    expect({ fingerprint, image }).toEqual({ fingerprint: 'fp-one', image: version })
    expect(version).toMatch(/^20/)
    user.write(lookups(condition))
    expect(await user.refusal(['plan'])).toContain('This image is revoked.')
    await change('fp-one', { restore: true })
  })

  test('a channel that the registry rolled back is drift, and what is revoked is not assigned again', async () => {
    await world.assign('img', 'prod')
    await world.assign('img', 'prod', 'fp-one')
    await world.assign('img', 'prod')
    await user.apply(assignment('fp-two'))
    await change('fp-two', { revoke_in: '0s' })
    expect(await user.plan()).toEqual(['update hcp_packer_channel_assignment.prod'])
    expect(await user.refusal(['apply', '-auto-approve'])).toContain('revoked')
    expect(await looked()).toMatchObject({ fingerprint: 'fp-one' })
    await change('fp-two', { restore: true })
  })

  test('a version that is not complete is not assigned', async () => {
    await world.assign('img', 'prod')
    user.write(assignment('fp-open'))
    expect(await user.refusal(['apply', '-auto-approve'])).toContain('incomplete')
  })
})
