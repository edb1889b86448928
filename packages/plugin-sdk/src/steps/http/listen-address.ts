import { isIP, type ListenOptions } from 'node:net'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import type { HttpConfig } from './http-config.ts'

/** A network interface that this machine does not have, or that has no address. */
export class InterfaceError extends Error {
  override readonly name = 'InterfaceError'
}

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/** The address of this machine that is bound; undefined for all. @throws InterfaceError */
export function bindAddress(
  config: Pick<HttpConfig, 'http_bind_address' | 'http_interface' | 'http_network_protocol'>,
  interfaces: Interfaces = networkInterfaces(),
): string | undefined {
  const { http_interface: name, http_bind_address: address } = config
  if (!name) return address || undefined
  const family = config.http_network_protocol === 'tcp6' ? 'IPv6' : 'IPv4'
  const found = interfaces[name]?.find((each) => each.family === family)
  if (found) return found.address
  const known = Object.keys(interfaces).join(', ')
  throw new InterfaceError(
    `The network interface ${name} has no ${family} address here: set http_interface to one of ${known}`,
  )
}

/** The address, where the machine may reach it: that of all interfaces is none. */
export function reachable(address: string | undefined): string | undefined {
  return address && isIP(address) > 0 && !['0.0.0.0', '::'].includes(address) ? address : undefined
}

/** How a server is told where to listen. */
export function listenOptions(
  protocol: HttpConfig['http_network_protocol'],
  address: string | undefined,
): (port: number) => ListenOptions {
  if (protocol === 'unix') return (port) => ({ path: `${address ?? '0.0.0.0'}:${port}` })
  const all = address === undefined || address === '0.0.0.0'
  if (protocol === 'tcp6')
    return (port) => ({ port, host: all ? '::' : address, ipv6Only: true, exclusive: true })
  return (port) => ({ port, host: address ?? '0.0.0.0', exclusive: true })
}
