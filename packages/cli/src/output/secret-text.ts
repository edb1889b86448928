import pc from 'picocolors'

/** A new key for people: the lines that packer and Terraform read. */
export function secretText(key: { readonly client_id: string; readonly client_secret: string }): string {
  const lines = [`HCP_CLIENT_ID=${key.client_id}`, `HCP_CLIENT_SECRET=${key.client_secret}`]
  return [...lines, pc.dim('# The secret is not shown again.')].join('\n')
}
