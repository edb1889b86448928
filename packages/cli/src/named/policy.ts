import type { Client, PolicyPlace } from '@ingot/client'
import type { Command } from 'commander'

/** Where a role is given. */
export interface PlaceFlags {
  readonly bucket?: string
  readonly organization?: boolean
}

/** The options that say where; the project when none is given. */
export function placeOptions(command: Command): Command {
  return command
    .option('--bucket <bucket>', 'on this bucket only')
    .option('--organization', 'on the whole organization')
}

export async function placeOf(client: Client, flags: PlaceFlags): Promise<PolicyPlace> {
  const { organizationId, projectId } = await client.tenancy()
  if (flags.bucket !== undefined) return { resource: `packer/project/${projectId}/bucket/${flags.bucket}` }
  return flags.organization ? { organization: organizationId } : { project: projectId }
}

/** The place for people. */
export function placeText({ bucket, organization }: PlaceFlags): string {
  if (bucket !== undefined) return `the bucket ${bucket}`
  return organization ? 'the organization' : 'the project'
}
