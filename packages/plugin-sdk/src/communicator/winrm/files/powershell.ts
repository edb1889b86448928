import { readXml } from '../soap/element.ts'
import { WinRMError } from '../winrm-error.ts'

/** The longest command line of `cmd`: characters, with room for what variables in it stand for. */
export const COMMAND_LIMIT = 8000

const HEAD = 'powershell.exe -NoProfile -NonInteractive -EncodedCommand '

/**
 * The command line that runs a script, as PowerShell 2 and later take it; what goes wrong in it is told on the error
 * output, in one line, and as exit status 1.
 * @throws WinRMError `file` when it does not fit {@link COMMAND_LIMIT}.
 */
export function powershell(script: string): string {
  const guarded = `$ErrorActionPreference='Stop';$ProgressPreference='SilentlyContinue';try{${script}}catch{[Console]::Error.WriteLine($_.Exception.GetBaseException().Message);exit 1}`
  const command = HEAD + Buffer.from(guarded, 'utf16le').toString('base64')
  if (command.length > COMMAND_LIMIT)
    throw new WinRMError('file', 'A path is too long for a command line of Windows')
  return command
}

/** Text as PowerShell takes it literally; it takes the quotes of typographers for its own. */
export function literal(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
}

const CLIXML = '#< CLIXML'

/** What PowerShell wrote on its error output, without what it says to other PowerShells. */
export function errorText(output: string): string {
  const at = output.indexOf(CLIXML)
  if (at < 0) return output.trim()
  const before = output.slice(0, at)
  return `${before}${errorsIn(output.slice(at + CLIXML.length).trim())}`.trim()
}

function errorsIn(xml: string): string {
  try {
    const errors = readXml(xml).children.filter(({ attributes }) => attributes.get('S') === 'Error')
    return errors.map(({ text }) => text.replace(/_x([0-9A-Fa-f]{4})_/g, character)).join('')
  } catch {
    return xml
  }
}

function character(_: string, code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16))
}
