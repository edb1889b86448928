import type { Reply, WireClient } from './wire-client.ts'

export const runUuid = '54934258-6834-4156-53d1-9b0ddb3a749d'

/** What packer sends for a version with these sources, up to the last DONE; answers the last reply. */
export async function publish(
  registry: WireClient,
  { bucket, fingerprint, sources }: { bucket: string; fingerprint: string; sources: readonly string[] },
): Promise<Reply> {
  await registry.send('PUT', 'P/buckets', {
    body: { name: bucket, description: 'images', labels: { team: 'a' } },
  })
  const version = `P/buckets/${bucket}/versions`
  await registry.send('POST', version, { body: { fingerprint, template_type: 'HCL2' } })
  const ids: string[] = []
  for (const component_type of sources) {
    const body = { artifacts: null, component_type, packer_run_uuid: runUuid, status: 'BUILD_UNSET' }
    ids.push((await registry.send('POST', `${version}/${fingerprint}/builds`, { body })).json.build.id)
  }
  let last: Reply | undefined
  for (const id of ids)
    last = await registry.send('PATCH', `${version}/${fingerprint}/builds/${id}`, { body: done(id) })
  return last!
}

/** The body of packer's last update of a build. */
export function done(name: string) {
  return {
    artifacts: [
      { external_identifier: `ami-${name}-0`, region: 'us-east-1' },
      { external_identifier: `ami-${name}-1`, region: 'eu-west-1' },
    ],
    labels: { commit: 'abc123' },
    metadata: {
      cicd: null,
      packer: { version: '1.16.0', plugins: null, options: { debug: false } },
      vcs: null,
    },
    packer_run_uuid: runUuid,
    platform: 'aws',
    source_external_identifier: 'ami-upstream',
    status: 'BUILD_DONE',
  }
}
