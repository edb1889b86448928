import { describe, expect, test } from 'vitest'
import { terraformProvider, withoutTerraform } from '../harness/terraform.ts'
import { terraformWorld } from '../harness/terraform-registry.ts'

const data = 'data "hcp_packer_run_task" "t" {}\n'
const resource = (regenerate: boolean) => `resource "hcp_packer_run_task" "t" {
  regenerate_hmac = ${regenerate}
}
`

describe.skipIf(withoutTerraform)(`${terraformProvider} sets up the run task`, () => {
  const world = terraformWorld()

  test('with an address and a key that follows what others regenerate', async () => {
    using user = world.user()
    const read = async () => {
      await user.apply(data)
      return (await user.state())['data.hcp_packer_run_task.t']!
    }
    const first = await read()
    expect(first).toMatchObject({
      endpoint_url: expect.stringMatching(/^https:/),
      hmac_key: expect.any(String),
    })
    await world.call('RegenerateTFCRunTaskHmacKey', { Body: {} })
    const second = await read()
    expect(second['endpoint_url']).toBe(first['endpoint_url'])
    expect(second['hmac_key']).not.toBe(first['hmac_key'])
  })

  test('with a new key at every apply, or the one that it has', async () => {
    using user = world.user()
    const apply = async (regenerate: boolean) => {
      await user.apply(resource(regenerate))
      return (await user.state())['hcp_packer_run_task.t']!['hmac_key']
    }
    const kept = await apply(false)
    expect(await user.plan()).toEqual([])
    const first = await apply(true)
    const second = await apply(true)
    expect(new Set([kept, first, second]).size).toBe(3)
    expect(await apply(false)).toBe(second)
  })
})
