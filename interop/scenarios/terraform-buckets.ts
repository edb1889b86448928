import { describe, expect, test } from 'vitest'
import { terraformProvider, withoutTerraform } from '../harness/terraform.ts'
import { oneBuild, terraformWorld } from '../harness/terraform-registry.ts'

const bucket = (name: string) => `resource "hcp_packer_bucket" "b" {
  name = "${name}"
}
`
const address = 'hcp_packer_bucket.b'
const apply = ['apply', '-auto-approve'] as const

describe.skipIf(withoutTerraform)(`${terraformProvider} keeps buckets`, () => {
  const world = terraformWorld()
  const resourceName = (name: string) =>
    `packer/project/${world.registry.access.HCP_PROJECT_ID}/bucket/${name}`
  const names = async () => {
    const { buckets } = (await world.call('ListBuckets', {})) as { buckets: readonly { name: string }[] }
    return buckets.map(({ name }) => name)
  }

  test('from making to renaming to destroying one with all it holds', async () => {
    using user = world.user()
    await user.apply(bucket('img2'))
    expect((await user.state())[address]).toMatchObject({
      ...{ name: 'img2', resource_name: resourceName('img2'), created_at: expect.stringMatching(/^20/) },
      ...{ project_id: world.registry.access.HCP_PROJECT_ID },
      ...{ organization_id: world.registry.access.HCP_ORGANIZATION_ID },
    })
    expect(await user.plan()).toEqual([])

    user.write(bucket('img3'))
    expect(await user.plan()).toEqual([`delete and create ${address}`])
    await user.apply(bucket('img3'))
    await world.call('CreateVersion', { BucketName: 'img3', Body: { fingerprint: 'fp-1' } })
    await world.call('CreateChannel', { BucketName: 'img3', Body: { name: 'prod' } })
    expect(await names()).toEqual(['img3'])
    await user.apply('')
    expect(await names()).toEqual([])
  })

  test('that others made, once they are imported', async () => {
    await world.bucket('img', { 'fp-1': oneBuild })
    using user = world.user()
    user.write(bucket('img'))
    expect(await user.refusal(apply)).toContain('Error: The bucket with identifier img already exists.')
    expect(await user.refusal(['import', address, resourceName('absent')])).toContain(
      'Cannot import non-existent remote object',
    )
    expect(await user.refusal(['import', address, 'img'])).toMatch(/[Ii]nvalid resource name/)
    const { exitCode, output } = await user.run(['import', address, resourceName('img')])
    expect(exitCode, output).toBe(0)
    expect(await user.plan()).toEqual([])
  })

  test('that others deleted: a plan makes them again, and destroying them is done', async () => {
    using user = world.user()
    await user.apply(bucket('gone'))
    await world.call('DeleteBucket', { BucketName: 'gone' })
    expect(await user.plan()).toEqual([`create ${address}`])
    const { exitCode, output } = await user.run(['destroy', '-auto-approve', '-refresh=false'])
    expect(exitCode, output).toBe(0)
  })

  test('whose names the registry takes', async () => {
    using user = world.user()
    for (const name of ['a_b', 'a'.repeat(40)]) {
      user.write(bucket(name))
      expect(await user.refusal(apply)).toContain('It must be 3 to 36 letters, digits and hyphens.')
    }
  })
})
