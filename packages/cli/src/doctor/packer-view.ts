import { Client } from '@ingot/client'
import { packer } from '@ingot/registry-api'
import { connectionOf } from '../connection.ts'
import type { Environment } from '../data-directory.ts'
import type { Settings } from '../settings.ts'
import { bad, type Finding, good, reasonOf } from './check.ts'

const check = 'what packer would see'

/** Asks what packer asks before a build: a token, organization and project, the registry. */
export async function checkPackerView(settings: Settings, env: Environment): Promise<Finding> {
  try {
    const { from, client: access } = await connectionOf(settings, env)
    await using client = new Client({ ...access, retries: 0, timeoutMs: 5000 })
    const { registry } = await client.call(packer.getRegistry, {})
    if (!registry) return bad(check, 'there is no registry in this project', 'Correct HCP_PROJECT_ID')
    const { organizationId, projectId } = await client.tenancy()
    return good(
      check,
      `registry of project ${projectId} in organization ${organizationId} (from the ${from})`,
    )
  } catch (error) {
    return bad(check, reasonOf(error), 'Mend what is said above, then: eval "$(ingot env)"')
  }
}
