import { ClientError } from '@ingot/client'
import { ArtifactChoiceError, EngineError } from '@ingot/engine'
import { PluginError } from '@ingot/plugin-rpc'
import { BundleError, InstallError } from '@ingot/plugin-sdk'
import { RegistryStartError } from '@ingot/registry'
import { type ExitCode, exitCode } from './exit-code.ts'
import { table } from './output/table.ts'

/** What the user reads of anything that a command threw, and the exit status that goes with it. */
export function explain(thrown: unknown): { readonly text: string; readonly code: ExitCode } {
  if (thrown instanceof ArtifactChoiceError) return { text: choiceText(thrown), code: exitCode.notFound }
  if (thrown instanceof EngineError) return { text: detailed(thrown), code: engineCode(thrown) }
  if (thrown instanceof ClientError) return { text: thrown.message, code: clientCode(thrown) }
  if (isExpected(thrown)) return { text: thrown.message, code: exitCode.failed }
  return { text: unexpectedText(thrown), code: exitCode.failed }
}

function isExpected(thrown: unknown): thrown is Error {
  return [PluginError, BundleError, InstallError, RegistryStartError, UserError].some(
    (kind) => thrown instanceof kind,
  )
}

/** Something that the user can mend, found by a command itself. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

function choiceText(error: ArtifactChoiceError): string {
  if (error.candidates.length === 0) return error.message
  const rows = error.candidates.map(({ platform, region, imageId, component }) => [
    platform,
    region,
    imageId,
    component,
    `--platform ${platform}${region ? ` --region ${region}` : ''} --component ${component}`,
  ])
  return `${error.message}\n${table(['PLATFORM', 'REGION', 'IMAGE', 'COMPONENT', 'TO CHOOSE IT'], rows)}`
}

function detailed(error: EngineError): string {
  return [error.message, ...error.details.map((line) => `  ${line}`)].join('\n')
}

function engineCode(error: EngineError): ExitCode {
  const absent = ['version.absent', 'channel.empty', 'artifact.absent', 'artifact.ambiguous']
  return absent.includes(error.code) ? exitCode.notFound : exitCode.failed
}

function clientCode(error: ClientError): ExitCode {
  if (['unreachable', 'timeout', 'untrusted-certificate'].includes(error.kind)) return exitCode.unreachable
  return error.refusedWith(5) ? exitCode.notFound : exitCode.failed
}

function unexpectedText(thrown: unknown): string {
  const stack = thrown instanceof Error ? thrown.stack : undefined
  const what = thrown instanceof Error ? thrown.message : String(thrown)
  const more = process.env['INGOT_DEBUG'] && stack ? `\n${stack}` : ' Set INGOT_DEBUG=1 to see where.'
  return `ingot met an error that it does not know: ${what}.${more}`
}
