import type { Build, Client } from '@ingot/client'
import type { Command } from 'commander'
import { allOf } from '../../all-of.ts'
import { withClient } from '../../connection.ts'
import { NotFoundError } from '../../explain.ts'
import { versionCalled } from '../../named/version.ts'
import { fields, labelText } from '../../output/fields.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { statusWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot build show`. */
export function showBuild(build: Command): void {
  build
    .command('show <bucket> <version> <build>')
    .description('Show a build: its images, labels, and what packer told of the pipeline')
    .addHelpText(
      'after',
      `
VERSION is a number, as v12, or a fingerprint; BUILD is its component, as amazon-ebs.ubuntu, or its id.

Example:
  ingot build show base-ubuntu v12 amazon-ebs.ubuntu`,
    )
    .action(async (bucket: string, word: string, name: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => buildCalled(client, { bucket, word, name }))
      settings.print.result(found, () => buildText(found))
    })
}

interface Words {
  readonly bucket: string
  readonly word: string
  readonly name: string
}

async function buildCalled(client: Client, { bucket, word, name }: Words): Promise<Build> {
  const { fingerprint } = await versionCalled(client, bucket, word)
  const builds = await allOf(client.builds.list({ bucket, fingerprint }))
  const found = builds.find((each) => each.component_type === name || each.id === name)
  if (found) return client.builds.get({ bucket, fingerprint, buildId: found.id })
  const known = builds.map((each) => each.component_type).join(', ') || 'none'
  throw new NotFoundError(`${bucket} ${word} has no build ${name}. It has ${known}.`)
}

function buildText(found: Build): string {
  const facts = fields({
    Build: found.component_type,
    Id: found.id,
    Status: statusWord(found.status),
    Platform: found.platform,
    'Made from': found.source_external_identifier,
    Labels: labelText(found.labels),
    'Run of packer': found.packer_run_uuid,
    Started: when(found.created_at),
    Updated: when(found.updated_at),
    ...toldOf(found.metadata),
  })
  const rows = found.artifacts.map(({ region, external_identifier: image }) => [region, image])
  return rows.length === 0 ? facts : `${facts}\n\n${table(['REGION', 'IMAGE'], rows)}`
}

/** Each part of the metadata as JSON in a line: its shape is the pipeline's own. */
function toldOf(metadata: Build['metadata']): Readonly<Record<string, string>> {
  const parts = Object.entries(metadata ?? {}).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(parts.map(([name, value]) => [name, JSON.stringify(value)]))
}
