import type { DevEvent } from '@ingot/plugin-sdk'
import type { Command } from 'commander'
import pc from 'picocolors'
import { explain } from '../../explain.ts'
import { onInterrupt } from '../../interrupt.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot plugin dev`: installed again whenever a source changes, until Ctrl-C. */
export function dev(command: Command): void {
  command
    .command('dev <entry> <source>')
    .description('Install a plugin again whenever its sources change, until Ctrl-C')
    .option('--plugin-dir <folder>', 'instead of PACKER_PLUGIN_PATH or the folder that packer uses')
    .addHelpText('after', '\nExample:\n  ingot plugin dev src/plugin.ts github.com/acme/tarball')
    .action(async (entry: string, source: string, options: { readonly pluginDir?: string }, at: Command) => {
      const { devPlugin } = await import('@ingot/plugin-sdk')
      const { print, json } = settingsOf(at)
      using interrupt = onInterrupt(print.note, 'Stopped; what is installed stays.')
      const onEvent = (event: DevEvent) =>
        process.stdout.write(`${json ? JSON.stringify(plain(event)) : line(event)}\n`)
      print.note(`Watching ${entry} and all that it imports.  Ctrl-C stops.`)
      await devPlugin({ entry, source, ...options, signal: interrupt.signal, onEvent })
    })
}

function line(event: DevEvent): string {
  if (event.type === 'failed') return `${pc.red('failed')}     ${explain(event.error).text}`
  const { plugin, milliseconds, hiddenBy } = event
  const installed = `${pc.green('installed')}  ${plugin.description.version} in ${milliseconds} ms: ${plugin.file}`
  return hiddenBy === undefined
    ? installed
    : `${installed}\n${pc.yellow('unused')}     packer prefers ${hiddenBy} beside it: remove that, or raise the version`
}

/** With `--json` each event is a line. */
function plain(event: DevEvent): object {
  return event.type === 'failed' ? { ...event, error: event.error.message } : event
}
