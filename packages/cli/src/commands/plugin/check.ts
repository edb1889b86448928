import type { PluginReport } from '@ingot/plugin-sdk'
import type { Command } from 'commander'
import { exitCode } from '../../exit-code.ts'
import { findingLine } from '../../output/finding-line.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot plugin check`: whether Packer, and HashiCorp's own check, will take a plugin. */
export function check(command: Command): void {
  command
    .command('check <file>')
    .description('Check a plugin file, or an entry, as packer and its own plugin check do')
    .addHelpText(
      'after',
      `
Examples:
  ingot plugin check dist/packer-plugin-tarball
  ingot plugin check src/plugin.ts --json`,
    )
    .action(async (file: string, _options: object, at: Command) => {
      const { checkPlugin } = await import('@ingot/plugin-sdk')
      const { print } = settingsOf(at)
      const report = await checkPlugin({ file })
      print.result(report, () => report.findings.map(findingLine).join('\n'))
      print.note(verdict(report))
      if (!report.ok) process.exitCode = exitCode.unhealthy
    })
}

function verdict({ ok, findings }: PluginReport): string {
  if (ok) return 'Packer will take it.'
  const bad = findings.filter(({ state }) => state === 'bad').length
  return `${bad} of ${findings.length} checks found something to mend.`
}
