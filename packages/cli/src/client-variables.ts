import type { LocalAccess } from '@ingot/registry'

/** What packer and Terraform's `hcp` provider read; on macOS and Windows Go asks the system which authority it trusts. */
export function clientVariables(access: LocalAccess, platform = process.platform): Record<string, string> {
  return {
    HCP_CLIENT_ID: access.clientId,
    HCP_CLIENT_SECRET: access.clientSecret,
    HCP_AUTH_URL: access.url,
    HCP_API_ADDRESS: access.apiAddress,
    HCP_ORGANIZATION_ID: access.organizationId,
    HCP_PROJECT_ID: access.projectId,
    // packer up to 1.9 has no other way to trust an authority than this or the system's own list.
    ...(trustCommand[platform] ? { INGOT_CA_FILE: access.caFile } : { SSL_CERT_FILE: access.caBundleFile }),
  }
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
