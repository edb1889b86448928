import type { Client, Version } from '@ingot/client'

/** A version in a list. */
export interface VersionSummary {
  /** `v0` until it is complete, then `v1`, `v2` … */
  readonly name: string
  readonly fingerprint: string
  readonly id: string
  readonly status: Version['status']
  /** RFC 3339, UTC. */
  readonly createdAt: string
  readonly builds: readonly BuildSummary[]
  /** The channels that point at it. */
  readonly channels: readonly string[]
}

/** A build of a version, as far as lists show it. */
export interface BuildSummary {
  readonly component: string
  readonly status: Version['builds'][number]['status']
  readonly platform: string
  readonly artifacts: number
}

/**
 * The versions of a bucket in the registry's order, each with the channels that point at it.
 *
 * @throws ClientError
 */
export async function versions(client: Client, bucket: string): Promise<readonly VersionSummary[]> {
  const channels = await client.channels.list(bucket)
  const summaries: VersionSummary[] = []
  for await (const version of client.versions.list(bucket)) {
    const here = channels.filter((channel) => channel.version?.id === version.id)
    summaries.push(
      summaryOf(
        version,
        here.map((channel) => channel.name),
      ),
    )
  }
  return summaries
}

function summaryOf(version: Version, channels: readonly string[]): VersionSummary {
  return {
    name: version.name,
    fingerprint: version.fingerprint,
    id: version.id,
    status: version.status,
    createdAt: version.created_at,
    builds: version.builds.map((build) => ({
      component: build.component_type,
      status: build.status,
      platform: build.platform,
      artifacts: build.artifacts.length,
    })),
    channels,
  }
}
