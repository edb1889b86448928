import { WinRMError } from '../winrm-error.ts'
import { descendants, type XmlElement } from './element.ts'
import { escapeXml, writeEnvelope } from './envelope.ts'
import { ACTIONS, DONE, SIGNALS } from './names.ts'
import { isCut, isTimedOut, readReply } from './reply.ts'

/** Carries an envelope to the machine and its answer, also one with a fault, back. */
export interface Transport {
  readonly address: string
  post(envelope: string, signal: AbortSignal): Promise<string>
}

/** A command in a shell. */
export interface CommandAddress {
  readonly shellId: string
  readonly commandId: string
}

/** What a command said since the last time. */
export interface Received {
  readonly output: readonly { readonly stream: 'stdout' | 'stderr'; readonly data: Buffer }[]
  /** Whether it has ended. */
  readonly isDone: boolean
  /** Of a command that has ended; undefined where the machine did not tell. */
  readonly exitStatus: number | undefined
}

/** After how long the machine answers a call at the latest: seconds. */
export const OPERATION_TIMEOUT = 60

/** UTF-8. */
const CODE_PAGE = '65001'

/** The calls of Windows' remote shell (MS-WSMV 3.1.4.5 and following). */
export class ShellService {
  readonly #transport: Transport
  readonly #newId: () => string

  constructor(transport: Transport, newId: () => string) {
    this.#transport = transport
    this.#newId = newId
  }

  /** Tries again over a new connection where one that was kept has ended: a shell too many does no harm. */
  async createShell(signal: AbortSignal): Promise<string> {
    try {
      return await this.#createShell(signal)
    } catch (error) {
      if (!isCut(error)) throw error
      return this.#createShell(signal)
    }
  }

  async deleteShell(shellId: string, signal: AbortSignal): Promise<void> {
    await this.#call({ action: ACTIONS.delete, shellId, body: '' }, signal)
  }

  /** Starts a command line of `cmd`. Input is the keys of a console, unless told that it is bytes. */
  async start(
    shellId: string,
    { line, takesBytes }: { readonly line: string; readonly takesBytes: boolean },
    signal: AbortSignal,
  ): Promise<CommandAddress> {
    const body = `<rsp:CommandLine><rsp:Command>${escapeXml(line)}</rsp:Command></rsp:CommandLine>`
    const options = {
      WINRS_CONSOLEMODE_STDIN: takesBytes ? 'FALSE' : 'TRUE',
      WINRS_SKIP_CMD_SHELL: 'FALSE',
    }
    const reply = await this.#call({ action: ACTIONS.command, shellId, options, body }, signal)
    return { shellId, commandId: needed(descendants(reply, 'CommandId')[0], 'command') }
  }

  /** Writes to a command's input; `isLast` closes it. */
  async send(
    at: CommandAddress,
    input: { data: Buffer; isLast: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    const end = input.isLast ? ' End="TRUE"' : ''
    const body = `<rsp:Send><rsp:Stream Name="stdin" CommandId="${escapeXml(at.commandId)}"${end}>${input.data.toString('base64')}</rsp:Stream></rsp:Send>`
    await this.#call({ action: ACTIONS.send, shellId: at.shellId, body }, signal)
  }

  /** Waits until the command says something or ends, {@link OPERATION_TIMEOUT} at the longest. */
  async receive(at: CommandAddress, signal: AbortSignal): Promise<Received> {
    const body = `<rsp:Receive><rsp:DesiredStream CommandId="${escapeXml(at.commandId)}">stdout stderr</rsp:DesiredStream></rsp:Receive>`
    try {
      return received(await this.#call({ action: ACTIONS.receive, shellId: at.shellId, body }, signal))
    } catch (error) {
      if (isTimedOut(error)) return { output: [], isDone: false, exitStatus: undefined }
      throw error
    }
  }

  async signal(at: CommandAddress, code: keyof typeof SIGNALS, signal: AbortSignal): Promise<void> {
    const body = `<rsp:Signal CommandId="${escapeXml(at.commandId)}"><rsp:Code>${SIGNALS[code]}</rsp:Code></rsp:Signal>`
    await this.#call({ action: ACTIONS.signal, shellId: at.shellId, body }, signal)
  }

  async #createShell(signal: AbortSignal): Promise<string> {
    const body =
      '<rsp:Shell><rsp:InputStreams>stdin</rsp:InputStreams><rsp:OutputStreams>stdout stderr</rsp:OutputStreams></rsp:Shell>'
    const options = { WINRS_NOPROFILE: 'FALSE', WINRS_CODEPAGE: CODE_PAGE }
    const reply = await this.#call({ action: ACTIONS.create, options, body }, signal)
    const selector = descendants(reply, 'Selector').find(
      ({ attributes }) => attributes.get('Name') === 'ShellId',
    )
    return needed(selector ?? descendants(reply, 'ShellId')[0], 'shell')
  }

  async #call(
    request: { action: string; body: string; shellId?: string; options?: Record<string, string> },
    signal: AbortSignal,
  ): Promise<XmlElement> {
    const { address: to } = this.#transport
    const envelope = writeEnvelope({ ...request, to, messageId: this.#newId(), timeout: OPERATION_TIMEOUT })
    return readReply(await this.#transport.post(envelope, signal))
  }
}

function needed(element: XmlElement | undefined, what: string): string {
  const id = element?.text.trim()
  if (!id) throw new WinRMError('protocol', `WinRM made a ${what} without telling its id`)
  return id
}

function received(reply: XmlElement): Received {
  const output = descendants(reply, 'Stream').flatMap(({ attributes, text }) => {
    const stream = attributes.get('Name')
    const data = Buffer.from(text, 'base64')
    return data.length > 0 && (stream === 'stdout' || stream === 'stderr') ? [{ stream, data } as const] : []
  })
  const state = descendants(reply, 'CommandState')[0]
  const exitCode = state && descendants(state, 'ExitCode')[0]?.text.trim()
  const exitStatus = exitCode && /^-?\d{1,10}$/.test(exitCode) ? Number(exitCode) : undefined
  return { output, isDone: state?.attributes.get('State') === DONE, exitStatus }
}
