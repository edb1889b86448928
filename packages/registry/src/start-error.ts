/** The database tells its trouble and the remedy by itself. */
const storeWords = (p: { message: string }) => p.message

/** Every reason for which a registry does not start or its data cannot be read, each with what to do about it. */
const texts = {
  'node.old': (p: { version: string }) =>
    `The registry needs Node.js 24 or later and runs on ${p.version}. Install it from https://nodejs.org, or beside this command: npm install --save-dev node@24.`,
  'listen.malformed': (p: { listen: string }) =>
    `The listen address "${p.listen}" is not HOST:PORT, for example 127.0.0.1:8443, [::1]:8443 or 0.0.0.0:0.`,
  'listen.taken': (p: { address: string }) =>
    `The address ${p.address} is already in use. Stop what uses it, or choose another with --listen or INGOT_LISTEN (port 0 takes a free one).`,
  'listen.refused': (p: { address: string; reason: string }) =>
    `The registry may not listen on ${p.address} (${p.reason}). Choose an address of this machine and a port from 1024 with --listen or INGOT_LISTEN.`,
  'data.absent': (p: { directory: string }) =>
    `There is no registry in ${p.directory}. Start one with "ingot serve", or name its directory with --data or INGOT_DATA.`,
  'data.unwritable': (p: { directory: string; reason: string }) =>
    `The data directory ${p.directory} cannot be written (${p.reason}). Give this user the right to write it, or choose another with --data or INGOT_DATA.`,
  'data.locked': (p: { directory: string; holder: string }) =>
    `The data directory ${p.directory} is in use by another registry${p.holder}. Stop that one, or choose another directory with --data or INGOT_DATA.`,
  'data.newer': storeWords,
  'data.damaged': storeWords,
  'data.failed': storeWords,
  'clock.behind': (p: { says: string; made: string }) =>
    `The clock of this machine says ${p.says}, which is before the registry was made (${p.made}). Set the clock and start again.`,
  'file.damaged': (p: { file: string; reason: string; remedy: string }) =>
    `${p.file} is damaged (${p.reason}). ${p.remedy}`,
}

/** The reasons for which a registry does not start: a closed set. */
export type StartErrorCode = keyof typeof texts
type Facts<Code extends StartErrorCode> = Parameters<(typeof texts)[Code]>[0]

/** Why a registry did not start, or why its data directory cannot be read. The message names the remedy. */
export class RegistryStartError extends Error {
  override readonly name = 'RegistryStartError'
  readonly code: StartErrorCode

  private constructor(code: StartErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }

  static of<Code extends StartErrorCode>(
    code: Code,
    facts: Facts<Code>,
    cause?: unknown,
  ): RegistryStartError {
    const text = texts[code] as (facts: Facts<Code>) => string
    return new RegistryStartError(code, text(facts), cause)
  }
}

/** What an exception says, in one line. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0]! : String(error)
}
