import type { IncomingMessage } from 'node:http'
import type { Caller } from '../domain/caller.ts'
import { Refusal } from '../domain/refusal.ts'

/** Where a request came from and what it asks, for log and audit. */
export interface Origin {
  readonly method: string
  readonly url: string
  readonly address: string | undefined
  readonly sourceChannel: string | undefined
  /** Set when something is served there, for example `packer-2023-01-01.PackerService_GetBucket`. */
  operation?: string
  /** Set when the token was good and something else was not. */
  caller?: Caller
}

const longestHeaderKept = 200
const longestUrlKept = 500

/** Where a request came from. */
export function originOf(request: IncomingMessage): Origin {
  const channel = request.headers['x-hcp-source-channel']
  return {
    method: request.method ?? '',
    url: (request.url ?? '').slice(0, longestUrlKept),
    address: request.socket.remoteAddress,
    sourceChannel: typeof channel === 'string' ? channel.slice(0, longestHeaderKept) : undefined,
  }
}

/** The address under which the client reached us; a `Host` that no address can have is refused. */
export function baseUrlOf({ headers: { host = '' } }: IncomingMessage): string {
  if (/^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:.]+\](:\d{1,5})?$/.test(host)) return `https://${host}`
  throw new Refusal('request.malformed', { problem: 'its Host header is no host' })
}

/** What the log says of a request: never a header that carries a token. */
export function described({ method, url, operation, sourceChannel, caller }: Origin) {
  return { method, url, operation, sourceChannel, principal: caller?.principalName }
}

/** Path and query of a request target. Leading slashes count once: packer 1.7.10 doubles them when HCP_AUTH_URL ends in one. */
export function target(url: string): { path: string; search: string } {
  const local = /^\/[^/]/.test(url) ? url : url.replace(/^https?:\/\/[^/]*/i, '').replace(/^\/+/, '/')
  const question = local.indexOf('?')
  if (question < 0) return { path: local, search: '' }
  return { path: local.slice(0, question), search: local.slice(question + 1) }
}
