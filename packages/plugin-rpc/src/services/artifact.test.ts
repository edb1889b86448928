import { describe, expect, it } from 'vitest'
import { artifact } from '../../test/components.ts'
import { sessionPair } from '../../test/raw-end.ts'
import type { Artifact } from '../components.ts'
import { RpcClient } from '../net-rpc/client.ts'
import { RpcServer } from '../net-rpc/server.ts'
import { type Methods, ServiceTable } from '../net-rpc/service-table.ts'
import { artifactClient, serveArtifact } from './artifact.ts'

async function over(services: ServiceTable): Promise<{ client: Artifact; rpc: RpcClient }> {
  const { host, plugin } = sessionPair()
  const rpc = new RpcClient(host.open())
  new RpcServer((await plugin.accept())!, services)
  return { client: artifactClient(rpc), rpc }
}

const handMade = (methods: Methods) => over(new ServiceTable().add('Artifact', methods))

describe('an artifact', () => {
  it('tells that it could not be destroyed in the header, which Go hosts can bear', async () => {
    const destroy = async () => {
      throw new Error('still in use')
    }
    const { client, rpc } = await over(serveArtifact(artifact({ destroy })))
    await expect(rpc.call('Artifact.Destroy')).rejects.toMatchObject({
      name: 'RemoteError',
      message: 'still in use',
    })
    expect(await client.id()).toBe('image-1')
  })

  it('may tell it in the body, as Go plugins do', async () => {
    const { client } = await handMade({ Destroy: () => ({ Message: 'cannot destroy' }), Id: () => 'x' })
    await expect(client.destroy()).rejects.toThrow('cannot destroy')
    expect(await client.id()).toBe('x')
  })

  it('answers a state with any data, and fails alone for what cannot travel', async () => {
    const states: Record<string, unknown> = {
      list: [1, 'a', true, { b: null }],
      number: 2 ** 40,
      bad: () => 1,
    }
    const { client } = await over(serveArtifact(artifact({ state: async (name) => states[name] })))
    expect(await client.state('list')).toEqual([1, 'a', true, { b: null }])
    expect(await client.state('number')).toBe(2 ** 40)
    expect(await client.state('nothing')).toBeUndefined()
    await expect(client.state('bad')).rejects.toThrow('A function cannot travel')
    expect(await client.describe()).toBe('An image')
  })

  it('has no files where Go sends nil, and takes bytes for text', async () => {
    const { client } = await handMade({
      Files: () => null,
      Id: () => Buffer.from('ami-1'),
      String: () => null,
    })
    expect([await client.files(), await client.id(), await client.describe()]).toEqual([[], 'ami-1', ''])
  })

  it.each<[keyof Artifact, string, unknown]>([
    ['id', 'Id', 7],
    ['describe', 'String', {}],
    ['files', 'Files', 'a'],
    ['files', 'Files', [1]],
    ['builderId', 'BuilderId', []],
  ])('gives a typed error where %s is answered wrongly', async (ask, method, reply) => {
    const { client } = await handMade({ [method]: () => reply })
    await expect((client[ask] as () => Promise<unknown>)()).rejects.toMatchObject({ code: 'wire.malformed' })
  })
})
