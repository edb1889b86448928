import type { Command } from 'commander'
import { settingsOf } from '../../settings.ts'

/** `ingot plugin install`: as `packer plugins install --path` does, without Packer. */
export function install(command: Command): void {
  command
    .command('install <file> <source>')
    .description('Put a plugin where packer finds it, with its checksum')
    .option('--plugin-dir <folder>', 'instead of PACKER_PLUGIN_PATH or the folder that packer uses')
    .addHelpText(
      'after',
      '\nExample:\n  ingot plugin install dist/packer-plugin-tarball github.com/acme/tarball',
    )
    .action(async (file: string, source: string, options: { readonly pluginDir?: string }, at: Command) => {
      const { installPlugin } = await import('@ingot/plugin-sdk')
      const { print } = settingsOf(at)
      const installed = await installPlugin({ file, source, ...options })
      print.result(installed, () => installed.file)
      print.note(requiredPlugins(source, installed.description.version))
    })
}

function requiredPlugins(source: string, version: string): string {
  const name = source.slice(source.lastIndexOf('/') + 1)
  return `In a template:

packer {
  required_plugins {
    ${name} = {
      source  = "${source}"
      version = ">= ${version.replace(/[-+].*/, '')}"
    }
  }
}`
}
