import type { Client, FoundImage } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../connection.ts'
import { exitCode } from '../exit-code.ts'
import { table } from '../output/table.ts'
import { statusWord, versionWord } from '../output/words.ts'
import { settingsOf } from '../settings.ts'

/** `ingot find`: where an image was made. */
export function find(ingot: Command): void {
  ingot
    .command('find <image>')
    .description('Find where an image was made, by the id that its provider gave it')
    .option('--platform <name>', 'for example aws, azure, gce, vsphere, docker')
    .option('--region <name>', "the provider's region")
    .addHelpText('after', '\nExample:\n  ingot find ami-0a1b2c3d4e5f67890')
    .action(async (image: string, flags: FindFlags, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => places(client, image, flags))
      settings.print.result(found, () => placeText(image, found))
      if (found.length === 0) process.exitCode = exitCode.notFound
    })
}

interface FindFlags {
  readonly platform?: string
  readonly region?: string
}

type Place = FoundImage & { readonly channels: readonly string[] }

/** Every build that made it, with the channels that point at its version. */
async function places(client: Client, image: string, where: FindFlags): Promise<Place[]> {
  const channels = new Map<string, ReturnType<Client['channels']['list']>>()
  const found: Place[] = []
  for await (const each of client.artifacts.find(image, where)) {
    const { name } = each.bucket
    const all = channels.get(name) ?? client.channels.list(name)
    channels.set(name, all)
    const here = (await all).filter(({ version }) => version?.id === each.version.id)
    found.push({ ...each, channels: here.map((channel) => channel.name) })
  }
  return found
}

function placeText(image: string, found: readonly Place[]): string {
  const [first] = found
  if (!first) return `No build of this project made ${image}.`
  const rows = found.map(({ bucket, version, build, channels }) => [
    bucket.name,
    versionWord(version),
    statusWord(version.status),
    build.component_type,
    build.platform,
    regionsOf(build, image),
    channels.join(', '),
  ])
  const next = `ingot graph ${first.bucket.name} ${versionWord(first.version)}`
  return `${table(['BUCKET', 'VERSION', 'STATUS', 'BUILD', 'PLATFORM', 'REGION', 'CHANNELS'], rows)}\n\nWhat it was built from, and what was built from it:  ${next}`
}

function regionsOf({ artifacts }: FoundImage['build'], image: string): string {
  const here = artifacts.filter((artifact) => artifact.external_identifier === image)
  return here.map(({ region }) => region).join(', ')
}
