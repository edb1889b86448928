import type { Command } from 'commander'
import pc from 'picocolors'
import type { Finding } from '../doctor/check.ts'
import { exitCode } from '../exit-code.ts'
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
      settings.print.result(findings, () => findings.map(line).join('\n'))
      if (findings.some(({ state }) => state === 'bad')) process.exitCode = exitCode.unhealthy
    })
}

function line({ check, state, seen, fix }: Finding): string {
  const mark = { good: pc.green('ok  '), bad: pc.red('BAD '), skipped: pc.dim('skip') }[state]
  return `${mark}  ${check}: ${seen}${fix ? `\n      fix:  ${fix}` : ''}`
}
