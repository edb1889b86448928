import { randomUUID } from 'node:crypto'
import { child, descendants, readXml, type XmlElement } from '../../src/communicator/winrm/soap/element.ts'
import { escapeXml } from '../../src/communicator/winrm/soap/envelope.ts'
import { ACTIONS, DONE, NAMESPACES, SIGNALS } from '../../src/communicator/winrm/soap/names.ts'
import { OutputQueue } from './output-queue.ts'
import type { Running, WindowsMachine } from './windows-machine.ts'

/** A refusal. */
export class Fault extends Error {
  readonly code: number
  readonly subcode: string

  constructor(code: number, subcode: string, message: string) {
    super(message)
    this.code = code
    this.subcode = subcode
  }
}

const COMMANDS_PER_SHELL = 15
const ENVELOPE_SIZE = 153_600

interface Command extends Running {
  readonly takesBytes: boolean
  readonly output: OutputQueue
}

/** The shells of a machine, and what is asked of them. */
export class Shells {
  readonly #machine: WindowsMachine
  /** After how many milliseconds without output a call is answered; undefined leaves that to the client. */
  readonly #patience: number | undefined
  readonly #shells = new Map<string, Map<string, Command>>()

  constructor(machine: WindowsMachine, patience: number | undefined) {
    this.#machine = machine
    this.#patience = patience
  }

  get count(): number {
    return this.#shells.size
  }

  /** How many commands were started in the shells that are there. */
  get commandCount(): number {
    return [...this.#shells.values()].reduce((count, commands) => count + commands.size, 0)
  }

  /** Ends all, as a restart does. */
  endAll(): void {
    for (const id of [...this.#shells.keys()]) this.#delete(id)
  }

  /** The body of the answer to an envelope. @throws Fault */
  async answer(xml: string): Promise<string> {
    if (Buffer.byteLength(xml) > ENVELOPE_SIZE)
      throw new Fault(2150858871, 'EncodingLimit', 'The envelope is too big')
    const envelope = readXml(xml)
    const header = child(envelope, 'Header')!
    const body = child(envelope, 'Body')!
    const action = child(header, 'Action')?.text
    if (action === ACTIONS.create) return this.#create(header)
    const shellId = descendants(header, 'Selector')[0]?.text ?? ''
    const commands = this.#shells.get(shellId)
    if (!commands)
      throw new Fault(
        2150858843,
        'InvalidSelectors',
        `The shell with id ${shellId} was not found on the server`,
      )
    if (action === ACTIONS.delete) return this.#delete(shellId)
    if (action === ACTIONS.command) return this.#start(commands, header, body)
    if (action === ACTIONS.send) return this.#send(commands, body)
    if (action === ACTIONS.receive) {
      const answer = await this.#receive(commands, body, this.#patience ?? timeoutIn(header))
      return this.#shells.has(shellId) ? answer : this.answer(xml)
    }
    if (action === ACTIONS.signal) return this.#signal(commands, body)
    throw new Fault(2150858752, 'ActionNotSupported', `The action ${action} is not supported`)
  }

  #create(header: XmlElement): string {
    if (option(header, 'WINRS_CODEPAGE') !== '65001')
      throw new Fault(87, 'InvalidOptions', 'Only code page 65001 is here')
    const id = randomUUID().toUpperCase()
    this.#shells.set(id, new Map())
    return `<x:ResourceCreated xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer"><a:ReferenceParameters><w:SelectorSet><w:Selector Name="ShellId">${id}</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated><rsp:Shell><rsp:ShellId>${id}</rsp:ShellId></rsp:Shell>`
  }

  #delete(shellId: string): string {
    for (const command of this.#shells.get(shellId)?.values() ?? []) command.signal('SIGKILL')
    this.#shells.delete(shellId)
    return ''
  }

  #start(commands: Map<string, Command>, header: XmlElement, body: XmlElement): string {
    if (commands.size >= COMMANDS_PER_SHELL)
      throw new Fault(2150859174, 'QuotaLimit', 'This user is allowed a maximum of 15 operations')
    const line = descendants(body, 'CommandLine')[0]!
    const parts = line.children.filter(({ name }) => name === 'Command' || name === 'Arguments')
    const running = this.#machine.run(parts.map(({ text }) => text).join(' '))
    const id = randomUUID().toUpperCase()
    const takesBytes = option(header, 'WINRS_CONSOLEMODE_STDIN') === 'FALSE'
    commands.set(id, { ...running, takesBytes, output: new OutputQueue(running) })
    return `<rsp:CommandResponse><rsp:CommandId>${id}</rsp:CommandId></rsp:CommandResponse>`
  }

  #send(commands: Map<string, Command>, body: XmlElement): string {
    for (const { text, attributes } of descendants(body, 'Stream')) {
      const command = find(commands, attributes.get('CommandId'))
      if (!command.takesBytes) throw new Fault(87, 'InvalidParameter', 'A console takes keys, no bytes')
      command.write(Buffer.from(text, 'base64'))
      if (attributes.get('End')?.toLowerCase() === 'true') command.endInput()
    }
    return '<rsp:SendResponse/>'
  }

  async #receive(commands: Map<string, Command>, body: XmlElement, patience: number): Promise<string> {
    const id = descendants(body, 'DesiredStream')[0]?.attributes.get('CommandId') ?? ''
    const { output } = find(commands, id)
    const part = await output.next(patience)
    const isDone = output.exitStatus !== undefined && output.isEmpty
    if (!part && !isDone)
      throw new Fault(
        2150858793,
        'TimedOut',
        'The service cannot complete the operation within the time specified',
      )
    const said = part
      ? `<rsp:Stream Name="${part.stream}" CommandId="${id}">${part.data.toString('base64')}</rsp:Stream>`
      : ''
    const state = isDone
      ? `<rsp:CommandState CommandId="${id}" State="${DONE}"><rsp:ExitCode>${output.exitStatus}</rsp:ExitCode></rsp:CommandState>`
      : `<rsp:CommandState CommandId="${id}" State="${NAMESPACES.rsp}/CommandState/Running"/>`
    return `<rsp:ReceiveResponse>${said}${state}</rsp:ReceiveResponse>`
  }

  #signal(commands: Map<string, Command>, body: XmlElement): string {
    const id = descendants(body, 'Signal')[0]?.attributes.get('CommandId')
    const code = descendants(body, 'Code')[0]?.text
    const command = find(commands, id)
    if (code === SIGNALS.interrupt) command.signal('SIGINT')
    else command.signal('SIGKILL')
    return '<rsp:SignalResponse/>'
  }
}

function option(header: XmlElement, name: string): string | undefined {
  return descendants(header, 'Option').find(({ attributes }) => attributes.get('Name') === name)?.text
}

function find(commands: Map<string, Command>, id = ''): Command {
  const command = commands.get(id)
  if (!command) throw new Fault(2150858789, 'InvalidParameter', `There is no command ${id}`)
  return command
}

/** Milliseconds. */
function timeoutIn(header: XmlElement): number {
  return Number(/^PT(\d+)/.exec(child(header, 'OperationTimeout')?.text ?? '')?.[1] ?? 60) * 1000
}

/** The envelope of an answer to a request. */
export function envelope(body: string, request: string): string {
  return `<s:Envelope xml:lang="en-US" ${namespaces()}><s:Header><a:MessageID>uuid:${randomUUID()}</a:MessageID><a:RelatesTo>${messageIdOf(request)}</a:RelatesTo></s:Header><s:Body>${body}</s:Body></s:Envelope>`
}

/** The envelope of a refusal, as Windows writes it. */
export function faultEnvelope({ code, subcode, message }: Fault, request: string): string {
  const text = escapeXml(message)
  return envelope(
    `<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>w:${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en-US">${text}</s:Text></s:Reason><s:Detail><f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="${code}" Machine="host"><f:Message>${text}</f:Message></f:WSManFault></s:Detail></s:Fault>`,
    request,
  )
}

function messageIdOf(request: string): string {
  return /MessageID>([^<]*)</.exec(request)?.[1] ?? ''
}

function namespaces(): string {
  return Object.entries(NAMESPACES)
    .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
    .join(' ')
}
