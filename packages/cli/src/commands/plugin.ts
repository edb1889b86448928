import type { Command } from 'commander'
import { settingsOf } from '../settings.ts'

/** `ingot plugin …`: from an author's source to a file that Packer runs. */
export function plugin(ingot: Command): void {
  const command = ingot.command('plugin').description('Bundle, install and look at plugins')
  addBundle(command)
  addInstall(command)
  addDescribe(command)
}

function addBundle(command: Command): void {
  command
    .command('bundle <entry>')
    .description('Make one executable file of a plugin written in TypeScript')
    .option('-o, --out <file>', 'the file to write, or a folder with / at its end', 'dist/')
    .option('--plugin-version <version>', "instead of the plugin's own, for example 1.2.3-dev")
    .option('--no-minify', 'keep the code readable')
    .addHelpText('after', '\nExample:\n  ingot plugin bundle src/plugin.ts --out dist/')
    .action(async (entry: string, options: BundleFlags, at: Command) => {
      const { bundlePlugin } = await import('@ingot/plugin-sdk')
      const { print } = settingsOf(at)
      const { out: outfile, pluginVersion: version, minify } = options
      const bundle = await bundlePlugin({ entry, outfile, minify, ...(version ? { version } : {}) })
      print.result(bundle, () => bundle.file)
      print.note(
        `${bundle.name} ${bundle.description.version}, ${Math.ceil(bundle.size / 1024)} KB. ` +
          `Next:  ingot plugin install ${bundle.file} github.com/OWNER/${bundle.name}`,
      )
    })
}

interface BundleFlags {
  readonly out: string
  readonly pluginVersion?: string
  readonly minify: boolean
}

function addInstall(command: Command): void {
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
      version = ">= ${version}"
    }
  }
}`
}

function addDescribe(command: Command): void {
  command
    .command('describe <file>')
    .description('Say what a plugin file offers')
    .addHelpText('after', '\nExample:\n  ingot plugin describe dist/packer-plugin-tarball --json')
    .action(async (file: string, _options: object, at: Command) => {
      const { describePlugin } = await import('@ingot/plugin-rpc')
      const { print } = settingsOf(at)
      const description = await describePlugin(file)
      print.result(description, () => {
        const { version, apiVersion, builders, datasources, provisioners, postProcessors } = description
        const kinds = {
          builders,
          'data sources': datasources,
          provisioners,
          'post-processors': postProcessors,
        }
        const lines = Object.entries(kinds)
          .filter(([, names]) => names.length > 0)
          .map(([kind, names]) => `${kind}: ${names.join(', ')}`)
        return [`version ${version}, plugin API ${apiVersion}`, ...lines].join('\n')
      })
    })
}
