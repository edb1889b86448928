import { readFileSync } from 'node:fs'
import type { BuildOverride, PublishOutcome } from '@ingot/engine'
import { type Command, InvalidArgumentError } from 'commander'
import { withClient } from '../connection.ts'
import { UserError } from '../explain.ts'
import { label } from '../label-option.ts'
import { eventLine } from '../output/event-line.ts'
import { table } from '../output/table.ts'
import { settingsOf } from '../settings.ts'

/** `ingot publish`: the rescue after an outage, from what a finished build recorded. */
export function publish(ingot: Command): void {
  ingot
    .command('publish')
    .description("Publish what a finished build recorded with packer's manifest post-processor")
    .requiredOption('--manifest <file>', 'packer-manifest.json, or the rescue file of an ingot build')
    .option('--bucket <name>', 'where to; a rescue file knows it')
    .option('--description <text>', 'of the bucket')
    .option('--fingerprint <text>', "the version's; with that of an unfinished version it is finished")
    .option('--run <uuid>', 'which run of the manifest (the last one unless told)')
    .option('--template-type <type>', 'HCL2, or JSON for legacy templates', templateType, 'HCL2')
    .option('--platform <name>', 'of all builds, where the builder does not say it')
    .option('--region <name>', 'of images whose id names no region')
    .option('--label <name=value>', 'a label of every build; may be repeated', label, {})
    .option('--channel <name>', 'point it at the version once it is complete; may be repeated', append, [])
    .addHelpText('after', '\nExample:\n  ingot publish --manifest packer-manifest.json --bucket base-ubuntu')
    .action(async (flags: PublishFlags, at: Command) => {
      const { publishManifest, readManifest } = await import('@ingot/engine')
      const settings = settingsOf(at)
      const manifest = readManifest(readText(flags.manifest))
      const outcome = await withClient(settings, (client) =>
        publishManifest(manifest, {
          client,
          ...publishOptions(flags),
          onEvent: (event) => {
            const line = eventLine(event)
            if (line) settings.print.note(line)
          },
        }),
      )
      settings.print.result(outcome, () => outcomeText(outcome))
    })
}

interface PublishFlags {
  readonly manifest: string
  readonly bucket?: string
  readonly description?: string
  readonly fingerprint?: string
  readonly run?: string
  readonly templateType: 'HCL2' | 'JSON'
  readonly platform?: string
  readonly region?: string
  readonly label: Readonly<Record<string, string>>
  readonly channel: readonly string[]
}

function publishOptions(flags: PublishFlags) {
  const { bucket, description, fingerprint, run: runUuid, platform, region } = flags
  const forAll: BuildOverride = { ...(platform ? { platform } : {}), ...(region ? { region } : {}) }
  return {
    ...(bucket ? { bucket: { name: bucket, ...(description ? { description } : {}) } } : {}),
    ...(fingerprint ? { fingerprint } : {}),
    ...(runUuid ? { runUuid } : {}),
    ...(flags.channel.length > 0 ? { channels: flags.channel } : {}),
    templateType: flags.templateType,
    buildLabels: flags.label,
    overrides: { '*': forAll },
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UserError(`The manifest ${file} cannot be read (${reason}). Name the file with --manifest.`)
  }
}

function outcomeText({ bucket, fingerprint, version, builds }: PublishOutcome): string {
  const rows = builds.flatMap(({ record, news }) =>
    record.artifacts.map(({ imageId, region }) => [
      record.component,
      record.platform,
      region,
      imageId,
      news ? 'published' : 'was there',
    ]),
  )
  const state = version.complete
    ? `${bucket} ${version.name} is complete.`
    : `${bucket} is not complete yet: builds with the fingerprint ${fingerprint} are missing.`
  return `${table(['BUILD', 'PLATFORM', 'REGION', 'IMAGE', ''], rows)}\n${state}`
}

function append(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function templateType(value: string): 'HCL2' | 'JSON' {
  const word = value.toUpperCase()
  if (word === 'HCL2' || word === 'JSON') return word
  throw new InvalidArgumentError('Give HCL2 or JSON.')
}
