import { type LocalAccess, localAccess } from '@ingot/registry'
import type { Command } from 'commander'
import pc from 'picocolors'
import { checkCertificate, checkTrust } from '../doctor/certificate.ts'
import { bad, type Finding, reasonOf } from '../doctor/check.ts'
import { checkDataDirectory } from '../doctor/data-directory.ts'
import { checkPackerView } from '../doctor/packer-view.ts'
import { checkServer } from '../doctor/server.ts'
import { checkVariables } from '../doctor/variables.ts'
import { exitCode } from '../exit-code.ts'
import { type Settings, settingsOf } from '../settings.ts'

/** `ingot doctor`: whether everything fits together, and what to do where it does not. */
export function doctor(ingot: Command): void {
  ingot
    .command('doctor')
    .description('Check data directory, port, clock, certificate, variables, and what packer would see')
    .addHelpText('after', '\nExample:\n  ingot doctor --json')
    .action(async (_options: object, at: Command) => {
      const settings = settingsOf(at)
      const findings = await examine(settings)
      settings.print.result(findings, () => findings.map(line).join('\n'))
      if (findings.some(({ state }) => state === 'bad')) process.exitCode = exitCode.unhealthy
    })
}

async function examine(settings: Settings): Promise<readonly Finding[]> {
  const { env } = process
  const directory = checkDataDirectory(settings.dataDir)
  const access = directory.state === 'good' ? accessTo(settings.dataDir) : undefined
  const local = !access ? [] : 'check' in access ? [access] : await examineLocal(access)
  return [directory, ...local, await checkPackerView(settings, env)]
}

async function examineLocal(access: LocalAccess): Promise<readonly Finding[]> {
  const { env } = process
  const server = await checkServer(access)
  return [
    ...server,
    await checkCertificate(access),
    checkVariables(access, env),
    await checkTrust(access, env),
  ]
}

function accessTo(dataDir: string): LocalAccess | Finding {
  try {
    return localAccess(dataDir)
  } catch (error) {
    return bad('registry', reasonOf(error), 'Mend what the message says, or start a registry: ingot serve')
  }
}

function line({ check, state, seen, fix }: Finding): string {
  const mark = { good: pc.green('ok  '), bad: pc.red('BAD '), skipped: pc.dim('skip') }[state]
  return `${mark}  ${check}: ${seen}${fix ? `\n      fix:  ${fix}` : ''}`
}
