import { readFileSync } from 'node:fs'
import { ClientError } from './client-error.ts'
import type { ClientSettings } from './settings.ts'

/** Variables by name, for example `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

const remedy = 'With a local registry: eval "$(ingot env)".'

/**
 * Reads the variables that point packer at a registry: `HCP_CLIENT_ID`, `HCP_CLIENT_SECRET`, `HCP_API_ADDRESS` (or
 * the older `HCP_API_HOST`, which wins), `HCP_API_TLS`, `HCP_AUTH_URL`, `HCP_AUTH_TLS`, `HCP_ORGANIZATION_ID`,
 * `HCP_PROJECT_ID`, `SSL_CERT_FILE`. Unlike packer there is no address that is taken when none is given, so a secret
 * never goes to a registry that was not named.
 *
 * @throws ClientError `misconfigured`, naming the variable and the remedy
 */
export function fromEnvironment(env: Environment): ClientSettings {
  const address = apiAddress(env)
  const apiTls = tlsWord(env, 'HCP_API_TLS')
  const authTls = tlsWord(env, 'HCP_AUTH_TLS')
  const certificates = env['SSL_CERT_FILE']
  return {
    url: `${apiTls === 'disabled' ? 'http' : 'https'}://${address}`,
    authUrl: env['HCP_AUTH_URL'] || `https://${address}`,
    clientId: required(env, 'HCP_CLIENT_ID'),
    clientSecret: required(env, 'HCP_CLIENT_SECRET'),
    ...given('organizationId', env['HCP_ORGANIZATION_ID']),
    ...given('projectId', env['HCP_PROJECT_ID']),
    ...given('ca', certificates ? readCertificates(certificates) : undefined),
    insecure: { api: apiTls === 'insecure', auth: authTls === 'insecure' },
  }
}

function apiAddress(env: Environment): string {
  const name = env['HCP_API_HOST'] ? 'HCP_API_HOST' : 'HCP_API_ADDRESS'
  const address = required(env, name).replace(/^https:\/\//, '')
  if (/^[^\s/?#@]+$/.test(address)) return address
  throw misconfigured(`${name} is "${env[name]}".`, 'Give HOST or HOST:PORT, without a scheme and a path.')
}

function tlsWord(env: Environment, name: string): 'insecure' | 'disabled' | undefined {
  const word = env[name]
  if (word === undefined || word === 'insecure' || word === 'disabled') return word
  throw misconfigured(`${name} is "${word}".`, 'Set it to "insecure" or "disabled", or unset it.')
}

function required(env: Environment, name: string): string {
  const value = env[name]
  if (value) return value
  throw misconfigured(`${name} is not set.`, remedy)
}

function readCertificates(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw misconfigured(
      `SSL_CERT_FILE names ${path}, which cannot be read.`,
      `Correct it or unset it. ${remedy}`,
      cause,
    )
  }
}

function given<Name extends string>(name: Name, value: string | undefined): { [name in Name]?: string } {
  return value ? ({ [name]: value } as { [name in Name]?: string }) : {}
}

function misconfigured(what: string, advice: string, cause?: unknown): ClientError {
  return new ClientError('misconfigured', what, { remedy: advice, cause })
}
