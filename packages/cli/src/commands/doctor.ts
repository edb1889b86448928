import type { Command } from 'commander'
import { exitCode } from '../exit-code.ts'
import { findingLine } from '../output/finding-line.ts'
import { settingsOf } from '../settings.ts'

/** `ingot doctor`: whether everything fits together, and what to do where it does not. */
export function doctor(ingot: Command): void {
  ingot
    .command('doctor')
    .description('Check data directory, port, clock, certificate, variables, and what packer would see')
    .addHelpText('after', '\nExample:\n  ingot doctor --json')
    .action(async (_options: object, at: Command) => {
      const { examine } = await import('../doctor/examine.ts')
      const settings = settingsOf(at)
      const findings = await examine(settings)
      settings.print.result(findings, () => findings.map(findingLine).join('\n'))
      if (findings.some(({ state }) => state === 'bad')) process.exitCode = exitCode.unhealthy
    })
}
