import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { versionCalled } from '../../named/version.ts'
import { versionWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot channel create`. */
export function createChannel(channel: Command): void {
  channel
    .command('create <bucket> <channel>')
    .description('Create a channel')
    .option('--version-name <version>', 'point it at a version: a number, as v12, or a fingerprint')
    .option('--restricted', 'show it to those only who may publish')
    .addHelpText('after', '\nExample:\n  ingot channel create base-ubuntu production --version-name v12')
    .action(async (bucket: string, name: string, flags: CreateFlags, at: Command) => {
      const settings = settingsOf(at)
      const made = await withClient(settings, async (client) => {
        const version =
          flags.versionName === undefined ? undefined : await versionCalled(client, bucket, flags.versionName)
        return client.channels.create(bucket, {
          ...{ name, restricted: flags.restricted === true },
          ...(version ? { version_fingerprint: version.fingerprint } : {}),
        })
      })
      const next = `ingot promote ${bucket} VERSION --to ${name}`
      settings.print.result(made, () =>
        made.version
          ? `${bucket}: ${name} points at ${versionWord(made.version)}.`
          : `${bucket}: ${name} is there, and empty. To point it at a version:  ${next}`,
      )
    })
}

interface CreateFlags {
  readonly versionName?: string
  readonly restricted?: boolean
}
