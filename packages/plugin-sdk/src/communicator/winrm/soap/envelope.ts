import { WinRMError } from '../winrm-error.ts'
import { NAMESPACES, SHELL_RESOURCE } from './names.ts'

/** The longest answer that is asked for: bytes. Every Windows since 2008 R2 grants it. */
export const ENVELOPE_SIZE = 153_600

/** What goes to the machine. */
export interface SoapRequest {
  /** The address that it goes to. */
  readonly to: string
  readonly action: string
  /** A UUID. */
  readonly messageId: string
  /** After how long the machine should answer at the latest: seconds. */
  readonly timeout: number
  readonly shellId?: string
  readonly options?: Readonly<Record<string, string>>
  /** XML. */
  readonly body: string
}

const DECLARATIONS = Object.entries(NAMESPACES)
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ')

const ANONYMOUS = `${NAMESPACES.a}/role/anonymous`

/** Writes the envelope of a request (MS-WSMV 3.1.4.1). */
export function writeEnvelope({
  to,
  action,
  messageId,
  timeout,
  shellId,
  options,
  body,
}: SoapRequest): string {
  const header = [
    `<a:To>${escapeXml(to)}</a:To>`,
    `<a:ReplyTo><a:Address s:mustUnderstand="true">${ANONYMOUS}</a:Address></a:ReplyTo>`,
    `<w:MaxEnvelopeSize s:mustUnderstand="true">${ENVELOPE_SIZE}</w:MaxEnvelopeSize>`,
    `<a:MessageID>uuid:${escapeXml(messageId)}</a:MessageID>`,
    '<w:Locale s:mustUnderstand="false" xml:lang="en-US"/>',
    '<p:DataLocale s:mustUnderstand="false" xml:lang="en-US"/>',
    `<w:OperationTimeout>PT${timeout}S</w:OperationTimeout>`,
    `<w:ResourceURI s:mustUnderstand="true">${SHELL_RESOURCE}</w:ResourceURI>`,
    `<a:Action s:mustUnderstand="true">${escapeXml(action)}</a:Action>`,
    optionSet(options),
    shellId === undefined ? '' : selectorSet(shellId),
  ].join('')
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope ${DECLARATIONS}><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`
}

function optionSet(options: Readonly<Record<string, string>> = {}): string {
  const written = Object.entries(options).map(
    ([name, value]) => `<w:Option Name="${escapeXml(name)}">${escapeXml(value)}</w:Option>`,
  )
  return written.length > 0 ? `<w:OptionSet>${written.join('')}</w:OptionSet>` : ''
}

function selectorSet(shellId: string): string {
  return `<w:SelectorSet><w:Selector Name="ShellId">${escapeXml(shellId)}</w:Selector></w:SelectorSet>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}

/**
 * Text for an element or an attribute.
 * @throws WinRMError `protocol` for the characters that XML has no way to write.
 */
export function escapeXml(text: string): string {
  const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text)?.[0]
  if (unwritable !== undefined)
    throw new WinRMError('protocol', `WinRM cannot carry the character ${codePoint(unwritable)}`)
  return text.replace(/[&<>"\r\n\t]/g, (character) => ENTITIES[character]!)
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
}
