import { type LocalAccess, localAccess } from '@ingot/registry'
import type { Settings } from '../settings.ts'
import { checkCertificate, checkTrust } from './certificate.ts'
import { bad, type Finding, reasonOf } from './check.ts'
import { checkDataDirectory } from './data-directory.ts'
import { checkPackerView } from './packer-view.ts'
import { checkServer } from './server.ts'
import { checkVariables } from './variables.ts'

/** Looks at everything that has to fit, from the files up to what packer would be answered. */
export async function examine(settings: Settings): Promise<readonly Finding[]> {
  const { env } = process
  const directory = checkDataDirectory(settings.dataDir)
  const access = directory.state === 'good' ? accessTo(settings.dataDir) : undefined
  const local = !access ? [] : 'check' in access ? [access] : await examineLocal(access)
  return [directory, ...local, await checkPackerView(settings, env)]
}

async function examineLocal(access: LocalAccess): Promise<readonly Finding[]> {
  const { env } = process
  const server = await checkServer(access)
  return [
    ...server,
    await checkCertificate(access),
    checkVariables(access, env),
    await checkTrust(access, env),
  ]
}

function accessTo(dataDir: string): LocalAccess | Finding {
  try {
    return localAccess(dataDir)
  } catch (error) {
    return bad('registry', reasonOf(error), 'Mend what the message says, or start a registry: ingot serve')
  }
}
