import type { Client, Explanation, Version } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../connection.ts'
import { NotFoundError } from '../explain.ts'
import { versionCalled } from '../named/version.ts'
import { explanationText, waysOut } from '../output/explanation.ts'
import { settingsOf } from '../settings.ts'

/** `ingot why`: why a version is not complete, and how to finish it. */
export function why(ingot: Command): void {
  ingot
    .command('why <bucket> [version]')
    .description('Say why a version is not complete, and how to finish it or give it up')
    .addHelpText(
      'after',
      `
VERSION is a fingerprint, or a number as v12; without it, the newest version that is not complete.

Examples:
  ingot why base-ubuntu
  ingot why base-ubuntu 01JDNW1R6Q0M5Y8B3CVTHX2E7K`,
    )
    .action(async (bucket: string, word: string | undefined, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const explanation = await withClient(settings, (client) => explanationOf(client, bucket, word))
      const ways = waysOut(bucket, explanation)
      settings.print.result({ ...explanation, ...ways }, () =>
        explanationText(bucket, explanation, { ways, now: Date.now() }),
      )
    })
}

async function explanationOf(client: Client, bucket: string, word: string | undefined): Promise<Explanation> {
  const version =
    word === undefined ? await newestIncomplete(client, bucket) : await versionCalled(client, bucket, word)
  return client.versions.explain({ bucket, fingerprint: version.fingerprint })
}

async function newestIncomplete(client: Client, bucket: string): Promise<Version> {
  for await (const version of client.versions.list(bucket)) if (version.name === 'v0') return version
  throw new NotFoundError(
    `Every version of ${bucket} is complete. To look at one:  ingot why ${bucket} VERSION`,
  )
}
