import type { Client, Version } from '@ingot/client'
import { NotFoundError } from '../explain.ts'

/**
 * The version of a bucket that a user means: by its number, as `v3`, or by its fingerprint. It is looked for in the list, which
 * the registry does not take for a consumer's read.
 *
 * @throws NotFoundError with those there are; ClientError
 */
export async function versionCalled(client: Client, bucket: string, word: string): Promise<Version> {
  const names: string[] = []
  for await (const version of client.versions.list(bucket)) {
    if (version.fingerprint === word || (version.name === word && word !== 'v0')) return version
    names.push(version.name === 'v0' ? version.fingerprint : version.name)
  }
  const known =
    names.length === 0
      ? 'It has none.'
      : `It has ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}.`
  throw new NotFoundError(`The bucket ${bucket} has no version ${word}. ${known}`)
}
