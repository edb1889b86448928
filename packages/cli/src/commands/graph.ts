import { type Command, InvalidArgumentError } from 'commander'
import { withClient } from '../connection.ts'
import { versionCalled } from '../named/version.ts'
import { graphText } from '../output/graph.ts'
import { settingsOf } from '../settings.ts'

const directions = ['ancestors', 'descendants', 'both'] as const

/** `ingot graph`: what was built from what. */
export function graph(ingot: Command): void {
  ingot
    .command('graph <bucket> [version]')
    .description('Show what a bucket, or one version of it, was built from and what was built from it')
    .option('--depth <steps>', 'how far to go each way', steps)
    .option('--direction <which>', 'ancestors, descendants or both', direction, 'both')
    .addHelpText(
      'after',
      `
VERSION is a number, as v12, or a fingerprint. "seen" says that the identifiers of the images tell of it, not the publisher.

Examples:
  ingot graph base-ubuntu v12
  ingot graph web --direction ancestors --depth 1`,
    )
    .action(async (bucket: string, word: string | undefined, flags: GraphFlags, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, async (client) => {
        const version = word === undefined ? undefined : await versionCalled(client, bucket, word)
        const start = version ? { fingerprint: version.fingerprint } : {}
        return client.ancestry.graph(bucket, { ...start, ...flags })
      })
      settings.print.result(found, () => graphText(bucket, found))
    })
}

interface GraphFlags {
  readonly depth?: number
  readonly direction: (typeof directions)[number]
}

function steps(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a whole number.')
}

function direction(text: string): (typeof directions)[number] {
  const known = directions.find((each) => each === text)
  if (known) return known
  throw new InvalidArgumentError(`Give ${directions.join(', ')}.`)
}
