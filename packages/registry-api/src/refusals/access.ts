import { aborted, absent, denied, exists, invalid, precondition, refuse, shown } from './refusal-kind.ts'

/** Who asks, and what they may do. */
export const accessRefusals = {
  'token.absent': refuse<Record<never, never>>(
    16,
    () =>
      'The request has no access token. Set HCP_CLIENT_ID and HCP_CLIENT_SECRET, and HCP_AUTH_URL to this registry: "ingot env" prints them.',
  ),
  'token.expired': refuse<Record<never, never>>(
    16,
    () => 'The access token has expired. Run the command again; the client fetches a new one.',
  ),
  'token.foreign': refuse<Record<never, never>>(
    16,
    () =>
      'The access token is none of this registry. Stock clients keep tokens in ~/.config/hcp/creds-cache.json: remove that file, check HCP_AUTH_URL, and run the command again.',
  ),
  'principal.gone': refuse<Record<never, never>>(
    16,
    () =>
      'The service principal of the access token, or its key, was removed. Put the id and secret of another one in HCP_CLIENT_ID and HCP_CLIENT_SECRET.',
  ),
  'token.wrong-client': refuse<Record<never, never>>(
    16,
    () =>
      'The client id or the secret is wrong. Check HCP_CLIENT_ID and HCP_CLIENT_SECRET; where the registry runs, "ingot env" prints them.',
  ),
  'token.malformed': refuse<Record<never, never>>(
    invalid,
    () =>
      'Send grant_type=client_credentials as a form, with client id and secret in a Basic header or in the form; audience is https://api.hashicorp.cloud or absent.',
  ),
  'token.grant': refuse<Record<never, never>>(
    invalid,
    () => 'Tokens are given to service principals only. Set HCP_CLIENT_ID and HCP_CLIENT_SECRET.',
  ),
  'access.denied': refuse<{ principal: string; needs: string; action: string }>(
    denied,
    (p) =>
      `${shown(p.principal)} may not do this: ${shown(p.action)} needs the ${p.needs} role. Ask an administrator of the project for it.`,
  ),
  'organization.absent': refuse<{ organization: string }>(
    absent,
    (p) =>
      `Error: The organization with identifier ${shown(p.organization)} does not exist or is not open to this principal. Check HCP_ORGANIZATION_ID.`,
  ),
  'project.absent': refuse<{ project: string }>(
    absent,
    (p) =>
      `Error: The project with identifier ${shown(p.project)} does not exist or is not open to this principal. Check HCP_ORGANIZATION_ID and HCP_PROJECT_ID.`,
  ),

  'project.exists': refuse<{ project: string }>(
    exists,
    (p) => `Error: A project called ${shown(p.project)} already exists.`,
  ),
  'project.last': refuse<{ project: string }>(
    precondition,
    (p) => `${shown(p.project)} is the only project. Make another one before you delete it.`,
  ),
  'principal.absent': refuse<{ principal: string }>(
    absent,
    (p) => `Error: The service principal with identifier ${shown(p.principal)} does not exist.`,
  ),
  'principal.exists': refuse<{ principal: string }>(
    exists,
    (p) => `Error: A service principal called ${shown(p.principal)} already exists.`,
  ),
  'principal.founder': refuse<{ principal: string }>(
    precondition,
    (p) =>
      `${shown(p.principal)} is the principal of whoever runs this registry, who would be locked out. Delete its keys instead.`,
  ),
  'key.absent': refuse<{ key: string }>(
    absent,
    (p) => `Error: The key with identifier ${shown(p.key)} does not exist.`,
  ),
  'key.too-many': refuse<{ principal: string; limit: number }>(
    precondition,
    (p) => `${shown(p.principal)} has ${p.limit} keys already. Delete one of them first.`,
  ),
  'policy.stale': refuse<Record<never, never>>(
    aborted,
    () => 'The policy was changed since it was read. Read it again, and set it with its new etag.',
  ),
  'policy.role': refuse<{ role: string }>(
    invalid,
    (p) => `There is no role ${shown(p.role)}. Use roles/viewer, roles/contributor or roles/admin.`,
  ),
  'policy.member': refuse<{ principal: string }>(
    invalid,
    (p) => `The organization has no principal with the id ${shown(p.principal)}. Name those of its own.`,
  ),
  'policy.no-admin': refuse<Record<never, never>>(
    precondition,
    () => 'Nobody would be left to manage the organization. Keep a member of roles/admin.',
  ),
  'resource.absent': refuse<{ resource: string }>(
    absent,
    (p) =>
      `Error: The resource ${shown(p.resource)} does not exist. Name a bucket: packer/project/PROJECT/bucket/NAME.`,
  ),
} as const
