import type { Figure } from '../figure.ts'
import { Connection } from '../load/connection.ts'
import { request } from '../load/request.ts'
import { startBareServer } from '../servers/bare-server.ts'
import { type RegistryServer, startRegistryServer } from '../servers/registry-server.ts'
import { throughput } from './throughput.ts'

export const token: Figure = {
  name: 'token',
  title: 'access tokens for an id and a secret',
  async measure(run) {
    await using registry = await startRegistryServer(run.profile)
    const asked = tokenRequest(registry)
    const connection = await Connection.open(registry)
    const { body } = await connection.exchange(Buffer.from(asked))
    connection.close()
    await using bare = await startBareServer(registry, { body: body.toString() })
    return await throughput(run, {
      name: 'token',
      registry,
      bare,
      bareName: 'bare node:https, same body',
      connections: 50,
      requests: [asked],
      aim: { of: 'value', atLeast: 3_000 },
    })
  },
}

function tokenRequest({ access }: RegistryServer): string {
  const basic = Buffer.from(`${access.HCP_CLIENT_ID}:${access.HCP_CLIENT_SECRET}`).toString('base64')
  return request('POST', '/oauth2/token', {
    headers: {
      authorization: `Basic ${basic}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'audience=https%3A%2F%2Fapi.hashicorp.cloud&grant_type=client_credentials',
  })
}
