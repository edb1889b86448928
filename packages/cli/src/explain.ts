import type { ClientError } from '@ingot/client'
import type { ArtifactChoiceError, EngineError } from '@ingot/engine'
import { type ExitCode, exitCode } from './exit-code.ts'
import { candidateTable } from './output/candidates.ts'

/** What the user reads of anything that a command threw, and the exit status that goes with it. */
export interface Explanation {
  readonly text: string
  readonly code: ExitCode
}

/** Something that the user can mend, found by a command itself. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

/** Something that was asked for and is not there. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError'
}

const failed = (error: Error): Explanation => ({ text: error.message, code: exitCode.failed })

/** By the error's name, so that explaining loads no package that the command did not need. */
const explanations: Readonly<Record<string, (error: never) => Explanation>> = {
  ArtifactChoiceError: (error: ArtifactChoiceError) => ({ text: choiceText(error), code: exitCode.notFound }),
  EngineError: (error: EngineError) => ({ text: detailed(error), code: engineCode(error) }),
  ClientError: (error: ClientError) => ({ text: error.message, code: clientCode(error) }),
  PluginError: failed,
  PluginFolderError: failed,
  BundleError: failed,
  DocsError: failed,
  InstallError: failed,
  RegistryStartError: failed,
  ReleaseError: failed,
  NotFoundError: (error: Error) => ({ text: error.message, code: exitCode.notFound }),
  UserError: failed,
}

/** What the user reads of anything that was thrown, and the exit status that goes with it. */
export function explain(thrown: unknown): Explanation {
  const known = thrown instanceof Error ? explanations[thrown.name] : undefined
  return known ? known(thrown as never) : { text: unexpectedText(thrown), code: exitCode.failed }
}

function choiceText({ message, candidates }: ArtifactChoiceError): string {
  return candidates.length === 0 ? message : `${message}\n${candidateTable(candidates)}`
}

function detailed(error: EngineError): string {
  return [error.message, ...error.details.map((line) => `  ${line}`)].join('\n')
}

function engineCode(error: EngineError): ExitCode {
  return ['version.absent', 'channel.empty'].includes(error.code) ? exitCode.notFound : exitCode.failed
}

function clientCode(error: ClientError): ExitCode {
  if (['unreachable', 'timeout', 'untrusted-certificate'].includes(error.kind)) return exitCode.unreachable
  return error.refusedWith(5) ? exitCode.notFound : exitCode.failed
}

function unexpectedText(thrown: unknown): string {
  const what = thrown instanceof Error ? thrown.message : String(thrown)
  const stack = process.env['INGOT_DEBUG'] && thrown instanceof Error ? thrown.stack : undefined
  return `ingot met an error that it does not know: ${what}\n${stack ?? 'Set INGOT_DEBUG=1 to see where.'}`
}
