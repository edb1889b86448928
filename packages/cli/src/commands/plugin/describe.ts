import type { PluginDescription } from '@ingot/plugin-rpc'
import type { Command } from 'commander'
import { settingsOf } from '../../settings.ts'

/** `ingot plugin describe`: what a plugin says of itself. */
export function describe(command: Command): void {
  command
    .command('describe <file>')
    .description('Say what a plugin file offers')
    .addHelpText('after', '\nExample:\n  ingot plugin describe dist/packer-plugin-tarball --json')
    .action(async (file: string, _options: object, at: Command) => {
      const { describePlugin } = await import('@ingot/plugin-rpc')
      const description = await describePlugin(file)
      settingsOf(at).print.result(description, () => text(description))
    })
}

function text(description: PluginDescription): string {
  const { version, apiVersion, builders, datasources, provisioners, postProcessors } = description
  const kinds = { builders, 'data sources': datasources, provisioners, 'post-processors': postProcessors }
  const lines = Object.entries(kinds)
    .filter(([, names]) => names.length > 0)
    .map(([kind, names]) => `${kind}: ${names.join(', ')}`)
  return [`version ${version}, plugin API ${apiVersion}`, ...lines].join('\n')
}
