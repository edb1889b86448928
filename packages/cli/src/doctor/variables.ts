import type { LocalAccess } from '@ingot/registry'
import { clientVariables } from '../client-variables.ts'
import type { Environment } from '../data-directory.ts'
import { bad, type Finding, good } from './check.ts'

const check = 'variables'
const fix = 'eval "$(ingot env)"'
/** Names that win over ours where both are set, or turn something off. */
const disturbing = ['HCP_API_HOST', 'HCP_API_TLS', 'HCP_AUTH_TLS', 'HCP_GEOGRAPHY', 'HCP_CRED_FILE'] as const

/** Whether the environment points stock clients at this registry, and nothing in it points them elsewhere. */
export function checkVariables(access: LocalAccess, env: Environment): Finding {
  const wanted = Object.entries(clientVariables(access)).filter(([name]) => name.startsWith('HCP_'))
  if (wanted.every(([name]) => !env[name])) return bad(check, 'no HCP_ variable is set in this shell', fix)
  const old = env['HCP_API_HOST'] === access.apiAddress
  const differing = wanted.flatMap(([name, value]) => (isAsWanted(env[name], value, old) ? [] : name))
  if (differing.length > 0) return bad(check, `not as this registry has them: ${differing.join(', ')}`, fix)
  const set = disturbing.filter((name) => env[name] && !(old && name === 'HCP_API_HOST'))
  if (set.length > 0)
    return bad(check, `they lead stock clients astray: ${set.join(', ')}`, `unset ${set.join(' ')}`)
  if (['off', '0'].includes((env['HCP_PACKER_REGISTRY'] ?? '').toLowerCase())) {
    return bad(check, 'HCP_PACKER_REGISTRY turns publishing off', 'unset HCP_PACKER_REGISTRY')
  }
  return good(check, 'they point packer and terraform here')
}

/** The variables of an old packer are fewer. */
function isAsWanted(value: string | undefined, wanted: string, old: boolean): boolean {
  return value === wanted || (old && value === undefined)
}
