import { Connection } from '../load/connection.ts'
import { heartbeat, publish, registered, speaker } from '../load/publish.ts'
import { bearer, request } from '../load/request.ts'
import type { RegistryServer } from '../servers/registry-server.ts'

/** Reads of so many channels, each of a version with three builds of twenty artifacts; and one answer to them. */
export async function channelReads(
  registry: RegistryServer,
  count: number,
): Promise<{ readonly requests: readonly string[]; readonly body: string }> {
  const token = await registry.token()
  const connection = await Connection.open(registry)
  const requests: string[] = []
  for (let index = 0; index < count; index++) {
    const bucket = `read-${index}`
    const { project } = registry
    await publish(connection, { project, token, bucket, fingerprint: `${bucket}-1` })
    const headers = bearer(token)
    requests.push(request('GET', `${project}/buckets/${bucket}/channels/latest`, { headers }))
  }
  const { body } = await connection.exchange(Buffer.from(requests[0]!))
  connection.close()
  return { requests, body: body.toString() }
}

/** Heartbeats of so many builds, each in a bucket of its own, as so many packers send them; and one answer to them. */
export async function heartbeats(
  registry: RegistryServer,
  count: number,
): Promise<{ readonly requests: readonly string[]; readonly body: string }> {
  const token = await registry.token()
  const connection = await Connection.open(registry)
  const say = speaker(connection, { project: registry.project, token })
  const requests: string[] = []
  for (let index = 0; index < count; index++) {
    const name = `beat-${index}`
    const versions = `/buckets/${name}/versions`
    await say('PUT', '/buckets', { body: { name } })
    await say('POST', versions, { body: { fingerprint: name, template_type: 'HCL2' } })
    const made = await say('POST', `${versions}/${name}/builds`, { body: registered(0) })
    const { id } = JSON.parse(made.body.toString()).build
    const path = `${registry.project}${versions}/${name}/builds/${id}`
    requests.push(request('PATCH', path, { headers: bearer(token), body: JSON.stringify(heartbeat) }))
  }
  const { body } = await connection.exchange(Buffer.from(requests[0]!))
  connection.close()
  return { requests, body: body.toString() }
}
