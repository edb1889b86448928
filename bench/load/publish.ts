import type { Connection } from './connection.ts'
import { bearer, request } from './request.ts'

export interface Publication {
  readonly project: string
  readonly token: string
  readonly bucket: string
  readonly fingerprint: string
}

const builds = 3
const artifacts = 20
const run = '4f2a9e1c-7d3b-4c55-9a8e-0b6d2f1c3e47'

/**
 * What packer 1.16 says to publish one version of three builds with twenty artifacts each, request after request: packer sends
 * those of different builds side by side. Throws where the answer is none that lets packer go on.
 */
export async function publish(connection: Connection, at: Publication): Promise<void> {
  const say = speaker(connection, at)
  const bucket = `/buckets/${at.bucket}`
  const version = `${bucket}/versions/${at.fingerprint}`
  const found = await say('GET', bucket, { may: [200, 404] })
  if (found.status === 404) await say('PUT', '/buckets', { body: { name: at.bucket } })
  await say('GET', version, { may: [200, 409] })
  await say('POST', `${bucket}/versions`, { body: { fingerprint: at.fingerprint, template_type: 'HCL2' } })
  await say('GET', `${version}/builds`)
  const ids: string[] = []
  for (let index = 0; index < builds; index++) {
    const { body } = await say('POST', `${version}/builds`, { body: registered(index) })
    ids.push(JSON.parse(body.toString()).build.id)
  }
  for (const id of ids) await say('PATCH', `${version}/builds/${id}`, { body: heartbeat })
  for (const [index, id] of ids.entries()) {
    await say('PATCH', `${version}/builds/${id}`, { body: done(at.fingerprint, index) })
  }
}

/** What packer sends when a build starts, and every two minutes from then on. */
export const heartbeat = { artifacts: null, packer_run_uuid: run, status: 'BUILD_RUNNING' }

export function registered(index: number): object {
  return {
    artifacts: null,
    component_type: `amazon-ebs.image-${index}`,
    packer_run_uuid: run,
    status: 'BUILD_UNSET',
  }
}

function done(fingerprint: string, index: number): object {
  return {
    artifacts: Array.from({ length: artifacts }, (_, number) => ({
      external_identifier: `ami-${fingerprint}-${index}-${number}`,
      region: `eu-west-${number}`,
    })),
    labels: { team: 'platform', git_sha: '3f786850e387550fdab836ed7e6dc881de23001b' },
    metadata: {
      cicd: null,
      packer: {
        options: { debug: false, except: [], force: false, only: [], path: 'image.pkr.hcl' },
        os: { type: 'linux', details: { arch: 'amd64', version: '6.1.0' } },
        plugins: [{ name: 'github.com/hashicorp/amazon', version: '1.3.9' }],
        version: '1.16.0',
      },
      vcs: null,
    },
    packer_run_uuid: run,
    platform: 'aws',
    source_external_identifier: 'ami-0c55b159cbfafe1f0',
    status: 'BUILD_DONE',
  }
}

interface Saying {
  readonly body?: object
  /** The statuses that packer goes on with; 200 alone unless told. */
  readonly may?: readonly number[]
}

/** Sends one request after the other, each with the token, in the project. */
export function speaker(connection: Connection, { project, token }: Pick<Publication, 'project' | 'token'>) {
  const headers = bearer(token)
  return async (method: string, path: string, { body, may = [200] }: Saying = {}) => {
    const text = request(method, project + path, { headers, ...(body && { body: JSON.stringify(body) }) })
    const answer = await connection.exchange(Buffer.from(text))
    if (!may.includes(answer.status)) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`)
    return answer
  }
}
