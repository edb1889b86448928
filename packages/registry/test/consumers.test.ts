import { afterAll, beforeAll, expect, test } from 'vitest'
import { publish } from './publish.ts'
import { RegistryUnderTest } from './registry-under-test.ts'

let registry: RegistryUnderTest

beforeAll(async () => {
  registry = await RegistryUnderTest.start()
  await publish(registry, { bucket: 'web', fingerprint: 'fp-1', sources: ['a.one'] })
})
afterAll(() => registry[Symbol.asyncDispose]())

interface Told {
  readonly client: string
  readonly channel_name: string
  readonly reads: string
}

async function consumers(): Promise<string[]> {
  const { organizationId, projectId } = registry.access
  const path = `/ingot/v1/organizations/${organizationId}/projects/${projectId}/buckets/web/consumers`
  const { json } = await registry.send('GET', path)
  return json.consumers.map((each: Told) => `${each.client} ${each.channel_name} ${each.reads}`).sort()
}

test('to publish is not to consume', async () => {
  expect(await consumers()).toEqual([])
})

test('reads count once in every plane, and are there after a restart', async () => {
  const as = (client: string) => ({ headers: { 'x-hcp-source-channel': client } })
  const search = registry.project.replace('2023-01-01', '2022-12-02')
  const ask = async () => {
    await registry.send('GET', 'P/buckets/web/channels/latest', as('packer/1.16.0 (+https://www.packer.io/)'))
    await registry.send('GET', 'P/buckets/web/versions/fp-1', as('packer/1.16.0 (+https://www.packer.io/)'))
    await registry.send('GET', 'Q/images/web/channels/latest', as('packer/1.7.10'))
    await registry.send('GET', 'Q/images/web/iteration?fingerprint=fp-1', as('packer/1.7.10'))
    await registry.send('POST', `${search}/images/web/channels/latest/_search/by_labels`, {
      ...as('terraform-provider-hcp/0.112.0'),
      body: { labels: { commit: 'abc123' } },
    })
  }
  const times = (count: number) => [
    `packer/1.16.0  ${count}`,
    `packer/1.16.0 latest ${count}`,
    `packer/1.7.10  ${count}`,
    `packer/1.7.10 latest ${count}`,
    `terraform-provider-hcp/0.112.0 latest ${count}`,
  ]
  await ask()
  expect(await consumers()).toEqual(times(1))
  await ask()
  await registry.down()
  await registry.up()
  expect(await consumers()).toEqual(times(2))
})
