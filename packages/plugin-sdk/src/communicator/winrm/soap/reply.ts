import { WinRMError } from '../winrm-error.ts'
import { child, deepText, descendants, readXml, type XmlElement } from './element.ts'
import { NAMESPACES } from './names.ts'

/** The machine had nothing to say in the time it was given: a command that runs on. */
export const FAULT_TIMED_OUT = 2_150_858_793

/** The shell is gone: the machine has restarted, or someone ended it. */
export const FAULT_SHELL_GONE = 2_150_858_843

/** The shell's session ends, as when the machine goes down. */
export const FAULT_SESSION_ENDS = 2_147_943_418

/** What ran was ended by the machine, as when its service stops. */
export const FAULT_ABORTED = 2_147_943_395

const GONE: readonly unknown[] = [FAULT_SHELL_GONE, FAULT_SESSION_ENDS, FAULT_ABORTED]

/** The longest message of a fault that is told: characters. */
const MESSAGE_LIMIT = 2000

/**
 * The body of an answer.
 * @throws WinRMError `fault` when the machine said no, `protocol` when it is no answer.
 */
export function readReply(xml: string): XmlElement {
  const envelope = readXml(xml)
  const body = child(envelope, 'Body')
  if (envelope.name !== 'Envelope' || envelope.namespace !== NAMESPACES.s || !body)
    throw new WinRMError('protocol', 'The answer is not of WinRM: is something else listening there?')
  const fault = child(body, 'Fault')
  if (fault) throw faultError(fault)
  return body
}

/** The innermost number and the longest text are those that say what happened. */
function faultError(fault: XmlElement): WinRMError {
  const details = descendants(fault, 'WSManFault')
  const code = details.map(({ attributes }) => Number(attributes.get('Code'))).findLast(Number.isSafeInteger)
  const subcode = child(child(child(fault, 'Code'), 'Subcode'), 'Value')
    ?.text.trim()
    .replace(/^.*:/, '')
  const reason = child(fault, 'Reason')
  const texts = [reason, ...details].flatMap((each) => (each ? deepText(each) : []))
  const said = texts.sort((one, other) => other.length - one.length)[0] || 'it does not say why'
  const number = code === undefined ? '' : ` (fault ${code})`
  return new WinRMError('fault', `WinRM refused: ${said.slice(0, MESSAGE_LIMIT)}${number}`, {
    fault: { code, subcode },
  })
}

/** Whether a command simply runs on. */
export function isTimedOut(error: unknown): boolean {
  return (
    error instanceof WinRMError &&
    (error.fault?.code === FAULT_TIMED_OUT || error.fault?.subcode === 'TimedOut')
  )
}

/** Whether the machine, or the shell on it, went away. */
export function isGone(error: unknown): boolean {
  return error instanceof WinRMError && (error.code === 'unreachable' || GONE.includes(error.fault?.code))
}

/** Whether a connection ended without an answer, as one that was kept for too long does. */
export function isCut(error: unknown): boolean {
  if (!(error instanceof WinRMError) || error.code !== 'unreachable') return false
  const { cause } = error
  return cause instanceof Error && 'code' in cause && (cause.code === 'ECONNRESET' || cause.code === 'EPIPE')
}
