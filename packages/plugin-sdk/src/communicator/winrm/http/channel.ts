import type { IncomingHttpHeaders } from 'node:http'
import { WinRMError } from '../winrm-error.ts'
import { type Answered, Connection } from './connection.ts'
import type { Endpoint } from './endpoint.ts'

/** A connection on which someone is logged in; it carries one call at a time. */
export interface Channel {
  /** Sends an envelope and answers the one that comes back. */
  send(envelope: string, signal: AbortSignal): Promise<string>
  close(): void
}

/** The media type of an envelope. */
export const SOAP_TYPE = 'application/soap+xml;charset=UTF-8'

/** Basic authentication: the password goes along with every call. */
export class BasicChannel implements Channel {
  readonly #connection: Connection
  readonly #headers: Record<string, string>

  constructor(endpoint: Endpoint, username: string, password: string) {
    this.#connection = new Connection(endpoint)
    const account = Buffer.from(`${username}:${password}`).toString('base64')
    this.#headers = { authorization: `Basic ${account}`, 'content-type': SOAP_TYPE }
  }

  async send(envelope: string, signal: AbortSignal): Promise<string> {
    const answer = await this.#connection.post({
      headers: this.#headers,
      body: Buffer.from(envelope),
      signal,
    })
    if (answer.status === 401) throw unauthorized(answer.headers, 'Basic')
    return soapOf(answer)
  }

  close(): void {
    this.#connection.close()
  }
}

/** The envelope in an answer, be it a fault; @throws WinRMError `protocol` where there is none. */
export function soapOf({ status, headers, body }: Pick<Answered, 'status' | 'headers' | 'body'>): string {
  const isSoap = headers['content-type']?.includes('application/soap+xml') ?? false
  if (isSoap || status === 200) return body.toString('utf8')
  throw new WinRMError(
    'protocol',
    `WinRM was expected, but HTTP status ${status} came: is something else listening there?`,
  )
}

/** Why the machine refuses who logs in, as far as it tells. */
export function unauthorized(headers: IncomingHttpHeaders, used: 'Basic' | 'NTLM'): WinRMError {
  const offered = schemesIn(headers)
  const isOffered = used === 'Basic' ? offered.includes('Basic') : offered.some(isNtlmScheme)
  if (isOffered || offered.length === 0)
    return new WinRMError(
      'unauthorized',
      'WinRM refused the user name or the password (401): check winrm_username and winrm_password',
    )
  const remedy =
    used === 'NTLM'
      ? 'enable Negotiate there, or leave out winrm_use_ntlm'
      : 'set winrm_use_ntlm, or enable Basic there and, without winrm_use_ssl, AllowUnencrypted'
  return new WinRMError(
    'unauthorized',
    `WinRM does not take ${used} authentication here, but ${offered.join(', ')} (401): ${remedy}`,
  )
}

/** The kinds of authentication that a 401 names. */
export function schemesIn(headers: IncomingHttpHeaders): string[] {
  const offers = (headers['www-authenticate'] ?? '').split(',').map((offer) => offer.trim().split(/\s/)[0]!)
  return [...new Set(offers.filter((scheme) => /^[A-Za-z]+$/.test(scheme)))]
}

/** Both take NTLM's messages as they are. */
export function isNtlmScheme(scheme: string): boolean {
  return scheme === 'Negotiate' || scheme === 'NTLM'
}
