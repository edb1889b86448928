import { isIPv6 } from 'node:net'
import { RegistryStartError } from './start-error.ts'

/** Where a server listens when nothing else is said: this machine alone. */
export const DEFAULT_LISTEN = '127.0.0.1:8443'

export interface ListenAddress {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
}

/** Reads `HOST:PORT`; an IPv6 host stands in brackets. */
export function parseListen(listen: string): ListenAddress {
  const found = /^(?:\[([0-9a-f:.]+)\]|([A-Za-z0-9._-]+)):(\d{1,5})$/i.exec(listen)
  const host = found?.[1] ?? found?.[2]
  const port = Number(found?.[3])
  if (host === undefined || port > 65_535 || (found?.[1] && !isIPv6(host))) {
    throw RegistryStartError.of('listen.malformed', { listen })
  }
  return { host, port }
}

/** Whether a host stands for every address of the machine. */
export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

/**
 * The base address for clients on this machine. Loopback and wildcard are `localhost`: packer 1.7.10 takes no other host
 * with a port.
 */
export function clientUrl({ host, port }: ListenAddress): string {
  const local = isWildcard(host) || host === '127.0.0.1' || host === '::1'
  const name = local ? 'localhost' : isIPv6(host) ? `[${host}]` : host
  return `https://${name}:${port}`
}
