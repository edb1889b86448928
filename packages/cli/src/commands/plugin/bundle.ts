import type { GoTarget } from '@ingot/plugin-rpc'
import type { Bundle, Executable } from '@ingot/plugin-sdk'
import type { Command } from 'commander'
import { type Output, sizeText } from '../../output/output.ts'
import { settingsOf } from '../../settings.ts'
import { platform } from './platform-option.ts'

/** `ingot plugin bundle`: one file that Packer runs. */
export function bundle(command: Command): void {
  command
    .command('bundle <entry>')
    .description('Make one executable file of a plugin written in TypeScript')
    .option('-o, --out <file>', 'the file to write, or a folder with / at its end', 'dist/')
    .option('--plugin-version <version>', "instead of the plugin's own, for example 1.2.3-dev")
    .option('--no-minify', 'keep the code readable')
    .option('--executable', 'put Node into the file, for Windows and for machines that have none')
    .option('--node <file>', 'the Node to put in; it says for which machine the file is')
    .option('--platform <os_arch>', 'the machine to get a Node for, with npm (this one)', platform)
    .addHelpText(
      'after',
      `
Examples:
  ingot plugin bundle src/plugin.ts --out dist/
  ingot plugin bundle src/plugin.ts --executable --platform windows_amd64`,
    )
    .action(async (entry: string, flags: BundleFlags, at: Command) => {
      const { print } = settingsOf(at)
      if (!flags.executable && (flags.node ?? flags.platform))
        at.error('error: --node and --platform are for an --executable')
      const made = await make(entry, flags, print)
      print.result(made, () => made.file)
      const { name, description, size, file } = made
      print.note(
        `${name} ${description.version}, ${sizeText(size)}. ${nextStep(name, file, 'target' in made)}`,
      )
    })
}

interface BundleFlags {
  readonly out: string
  readonly pluginVersion?: string
  readonly minify: boolean
  readonly executable?: boolean
  readonly node?: string
  readonly platform?: GoTarget
}

async function make(entry: string, flags: BundleFlags, print: Output): Promise<Bundle | Executable> {
  const { bundleExecutable, bundlePlugin } = await import('@ingot/plugin-sdk')
  const { out: outfile, pluginVersion: version, minify, node, platform: target } = flags
  const options = { entry, outfile, minify, ...(version ? { version } : {}) }
  if (!flags.executable) return bundlePlugin(options)
  return bundleExecutable({
    ...options,
    ...(node ? { node } : {}),
    ...(target ? { target } : {}),
    onProgress: print.note,
  })
}

/** An executable may be for another machine, where Packer itself installs it. */
function nextStep(name: string, file: string, executable: boolean): string {
  const source = `github.com/OWNER/${name}`
  return executable
    ? `On its machine:  packer plugins install --path ${file} ${source}`
    : `Next:  ingot plugin install ${file} ${source}`
}
