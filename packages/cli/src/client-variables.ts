import type { LocalAccess } from '@ingot/registry'
import { newestNeeds, type PackerNeeds } from './packer-version.ts'

/** What packer and Terraform's `hcp` provider read; on macOS and Windows Go asks the system which authority it trusts. */
export function clientVariables(
  access: LocalAccess,
  { platform = process.platform, needs = newestNeeds }: Readers = {},
): Record<string, string> {
  return {
    HCP_CLIENT_ID: access.clientId,
    HCP_CLIENT_SECRET: access.clientSecret,
    HCP_AUTH_URL: access.url,
    [needs.apiVariable]: access.apiAddress,
    ...(needs.tenancy && {
      HCP_ORGANIZATION_ID: access.organizationId,
      HCP_PROJECT_ID: access.projectId,
    }),
    ...(needs.mustBeTold && { HCP_PACKER_REGISTRY: '1' }),
    // packer up to 1.9 has no other way to trust an authority than this or the system's own list.
    ...(trustCommand[platform] ? { INGOT_CA_FILE: access.caFile } : { SSL_CERT_FILE: access.caBundleFile }),
  }
}

/** For whom variables are: an operating system and a version of packer. */
interface Readers {
  readonly platform?: NodeJS.Platform
  readonly needs?: PackerNeeds
}

/** What an old packer wants of its user beside the variables, as comments for a shell. */
export function adviceFor({ apiAddress }: Pick<LocalAccess, 'apiAddress'>, needs: PackerNeeds): string[] {
  const [host, port] = apiAddress.split(/:(?=\d+$)/)
  const advice: string[] = []
  if (needs.portOnlyLocal && host !== 'localhost' && port !== '443')
    advice.push(`# This packer takes a port with localhost only: let the registry listen on port 443.`)
  if (needs.fingerprintFromGit)
    advice.push('# Outside of a git checkout, set HCP_PACKER_BUILD_FINGERPRINT for every version.')
  if (needs.mustBeTold)
    advice.push('# HCP_PACKER_BUCKET_NAME names the bucket of a template without a block.')
  return advice
}

/** The variables as lines for a POSIX shell to `eval`. */
export function exportBlock(
  variables: Readonly<Record<string, string>>,
  platform = process.platform,
): string {
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`)
  const trust = trustCommand[platform]
  const advice = trust ? [`# Trust the registry's authority once:  ${trust('"$INGOT_CA_FILE"')}`] : []
  return [...advice, ...lines].join('\n')
}

const trustCommand: Partial<Record<NodeJS.Platform, (file: string) => string>> = {
  darwin: (file) => `security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ${file}`,
  win32: (file) => `certutil -user -addstore Root ${file}`,
}

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}
