import type { Command } from 'commander'
import { withClient } from '../connection.ts'
import { label } from '../label-option.ts'
import { settingsOf } from '../settings.ts'

/** `ingot resolve`: which image to use, as one id. */
export function resolve(ingot: Command): void {
  ingot
    .command('resolve <bucket>')
    .description('Print the id of the one image that fits')
    .option('--channel <name>', 'the channel that says which version (latest unless told)')
    .option('--version-name <version>', 'a version instead: its number as v3, or its fingerprint')
    .option('--platform <name>', 'for example aws, azure, gce, vsphere, docker')
    .option('--region <name>', "the provider's region")
    .option('--component <name>', 'the build that made it, for example amazon-ebs.ubuntu')
    .option('--label <name=value>', 'a label of that build; may be repeated', label, {})
    .addHelpText(
      'after',
      `
Examples:
  ingot resolve base-ubuntu --channel production --platform aws --region us-east-1
  terraform apply -var "ami=$(ingot resolve base-ubuntu --region us-east-1)"`,
    )
    .action(async (bucket: string, options: ResolveFlags, at: Command) => {
      const engine = await import('@ingot/engine')
      const settings = settingsOf(at)
      // Chosen here and not by the registry, so that it works with any registry that packer takes.
      const { versionName: version, label: labels, ...wish } = options
      if (version && wish.channel) at.error('error: name a channel or a version, not both')
      const found = await withClient(settings, (client) =>
        engine.resolve(client, bucket, { ...wish, labels, ...(version ? { version } : {}) }),
      )
      settings.print.result(found, () => found.imageId)
    })
}

interface ResolveFlags {
  readonly channel?: string
  readonly versionName?: string
  readonly platform?: string
  readonly region?: string
  readonly component?: string
  readonly label: Readonly<Record<string, string>>
}
