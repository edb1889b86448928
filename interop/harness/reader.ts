import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import type { Access } from './registry.ts'

/*
 * Reads a registry back over its API with nothing of ours between: plain HTTPS and the JSON as it came. Only what
 * scenarios look at is typed.
 */

export interface Artifact {
  readonly external_identifier: string
  readonly region: string
}

export interface Build {
  readonly id: string
  readonly component_type: string
  readonly status: string
  readonly platform: string
  readonly packer_run_uuid: string
  readonly source_external_identifier: string
  readonly parent_version_id: string
  readonly parent_channel_id: string
  readonly labels: Readonly<Record<string, string>>
  readonly artifacts: readonly Artifact[]
  readonly metadata: { readonly packer: { readonly version: string; readonly plugins: readonly Plugin[] } }
  readonly created_at: string
  readonly updated_at: string
}

interface Plugin {
  readonly name: string
  readonly version: string
}

export interface Version {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly fingerprint: string
  readonly template_type: string
  readonly has_descendants: boolean
  readonly builds: readonly Build[]
}

export interface Bucket {
  readonly name: string
  readonly description: string
  readonly labels: Readonly<Record<string, string>>
  readonly platforms: readonly string[]
  readonly version_count: string
  readonly latest_version: Version | null
}

export interface Channel {
  readonly id: string
  readonly name: string
  readonly version: Version | null
}

export interface Relation {
  readonly parent: {
    readonly bucket_name: string
    readonly version_fingerprint: string
    readonly channel_name: string
  }
  readonly child: { readonly bucket_name: string; readonly version_fingerprint: string }
  readonly status: string
}

export interface Reader {
  bucket(name: string): Promise<Bucket>
  buckets(): Promise<readonly Bucket[]>
  version(bucket: string, fingerprint: string): Promise<Version>
  /** Sorted by component type. */
  builds(bucket: string, fingerprint: string): Promise<readonly Build[]>
  channel(bucket: string, name: string): Promise<Channel>
  createChannel(bucket: string, name: string): Promise<Channel>
  parents(bucket: string): Promise<readonly Relation[]>
  /** A new access token. */
  token(): Promise<string>
}

export function reader(access: Access): Reader {
  const project = `/packer/2023-01-01/organizations/${access.HCP_ORGANIZATION_ID}/projects/${access.HCP_PROJECT_ID}`
  const token = once(() => fetchToken(access))
  const call = async <Reply>(method: string, path: string, body?: object): Promise<Reply> =>
    send(access, {
      method,
      path: `${project}${path}`,
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    })
  const get = <Reply>(path: string) => call<Reply>('GET', path)
  return {
    token: () => fetchToken(access),
    bucket: async (name) => (await get<{ bucket: Bucket }>(`/buckets/${name}`)).bucket,
    buckets: async () => (await get<{ buckets: Bucket[] }>('/buckets')).buckets,
    version: async (bucket, fingerprint) =>
      (await get<{ version: Version }>(`/buckets/${bucket}/versions/${fingerprint}`)).version,
    builds: async (bucket, fingerprint) =>
      (await get<{ builds: Build[] }>(`/buckets/${bucket}/versions/${fingerprint}/builds`)).builds.toSorted(
        (a, b) => (a.component_type < b.component_type ? -1 : 1),
      ),
    channel: async (bucket, name) =>
      (await get<{ channel: Channel }>(`/buckets/${bucket}/channels/${name}`)).channel,
    createChannel: async (bucket, name) =>
      (await call<{ channel: Channel }>('POST', `/buckets/${bucket}/channels`, { name })).channel,
    parents: async (bucket) =>
      (await get<{ relations: Relation[] }>(`/buckets/${bucket}/ancestry?type=ANCESTRY_TYPE_PARENTS`))
        .relations,
  }
}

async function fetchToken(access: Access): Promise<string> {
  const { HCP_CLIENT_ID: id, HCP_CLIENT_SECRET: secret } = access
  const reply = await send<{ access_token: string }>(access, {
    method: 'POST',
    path: '/oauth2/token',
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials&audience=https%3A%2F%2Fapi.hashicorp.cloud',
  })
  return reply.access_token
}

interface Call {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

function send<Reply>(access: Access, { method, path, headers, body }: Call): Promise<Reply> {
  const ca = readFileSync(access.SSL_CERT_FILE)
  return new Promise((resolve, reject) => {
    const call = request(`https://${access.HCP_API_ADDRESS}${path}`, { method, headers, ca }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece) => {
        text += piece
      })
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(JSON.parse(text))
          : reject(new Error(`${method} ${path} answered ${response.statusCode}: ${text}`)),
      )
    })
    call.on('error', reject).end(body)
  })
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}
