import type { Client } from '@ingot/client'
import { versions } from '@ingot/engine'
import { table } from 'ingot'
import { childPlan, parentPlan } from './plans.ts'

/** What the demonstration's buckets hold now, as a table. */
export async function showPublished(client: Client): Promise<string> {
  const names = [parentPlan, childPlan].map((plan) => plan({ plugin: '', store: '', base: '' }).bucket.name)
  const rows = await Promise.all(names.map((bucket) => rowsOf(client, bucket)))
  return table(['BUCKET', 'VERSION', 'BUILD', 'REGION', 'IMAGE', 'MADE FROM', 'CHANNELS'], rows.flat())
}

async function rowsOf(client: Client, bucket: string): Promise<string[][]> {
  const found = await versions(client, bucket)
  const rows = await Promise.all(
    found.map(async ({ name, fingerprint, channels }) => {
      const { builds } = await client.versions.get(bucket, fingerprint)
      return builds.flatMap((build) =>
        build.artifacts.map((artifact) => [
          bucket,
          name,
          build.component_type,
          artifact.region,
          short(artifact.external_identifier),
          short(build.source_external_identifier),
          channels.join(', '),
        ]),
      )
    }),
  )
  return rows.flat()
}

function short(id: string): string {
  return id.length > 24 ? `${id.slice(0, 19)}…` : id
}
