import { RegistryStartError } from '../start-error.ts'
import type { Layout } from './layout.ts'
import { readPrivateFile, writePrivateFile } from './private-file.ts'

/** What the local user needs to talk to the registry. */
export interface Credentials {
  readonly clientId: string
  readonly clientSecret: string
  /** Empty, as the project's, until the database has founded them. */
  readonly organizationId: string
  readonly projectId: string
}

/** What to do about a credentials file that is of no use. */
export const credentialsRemedy =
  'Put a copy of it back, or remove it: the next start makes new credentials beside the old ones.'

const fields = ['clientId', 'clientSecret', 'organizationId', 'projectId'] as const

export function writeCredentials(files: Layout, credentials: Credentials): void {
  writePrivateFile(files.credentials, `${JSON.stringify(credentials, [...fields], 2)}\n`)
}

/** The stored credentials; nothing when there is no such file. */
export function readCredentials(files: Layout): Credentials | undefined {
  const text = readPrivateFile(files.credentials)
  if (text === undefined) return
  const value = parse(text)
  const missing = fields.find((field) => typeof value?.[field] !== 'string')
  if (!missing) return value as unknown as Credentials
  throw RegistryStartError.of('file.damaged', {
    file: files.credentials,
    reason: value ? `it names no ${missing}` : 'it is not JSON',
    remedy: credentialsRemedy,
  })
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return
    throw error
  }
}
