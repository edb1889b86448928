import type { Version } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { versionCalled } from '../../named/version.ts'
import { buildTable } from '../../output/build-table.ts'
import { fields } from '../../output/fields.ts'
import { when } from '../../output/when.ts'
import { statusWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot version show`. */
export function showVersion(version: Command): void {
  version
    .command('show <bucket> <version>')
    .description('Show a version, its builds and their images')
    .addHelpText(
      'after',
      '\nVERSION is a number, as v12, or a fingerprint.\n\nExample:\n  ingot version show base-ubuntu v12',
    )
    .action(async (bucket: string, word: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => versionCalled(client, bucket, word))
      settings.print.result(found, () => versionText(found))
    })
}

function versionText(found: Version): string {
  const { parents, revoke_at: revokeAt, revocation_inherited_from: from } = found
  const facts = fields({
    Version: `${found.bucket_name} ${found.name}`,
    Fingerprint: found.fingerprint,
    Status: statusWord(found.status),
    'Revoked from': revokeAt ? when(revokeAt) : '',
    Reason: found.revocation_message ?? '',
    'Revoked by': found.revocation_author ?? '',
    'Inherited from': from ? `${from.bucket_name} ${from.version_name}` : '',
    Parents: parents ? statusWord(parents.status) : '',
    Author: found.author_id,
    Created: when(found.created_at),
  })
  const { bucket_name: bucket, fingerprint } = found
  const next = found.name === 'v0' ? `\n\nWhy it is not complete:  ingot why ${bucket} ${fingerprint}` : ''
  return `${facts}\n\n${buildTable(found.builds)}${next}`
}
