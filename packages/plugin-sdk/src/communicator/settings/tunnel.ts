import { isPort } from './port-field.ts'

/** A port of one end that leads to an address at the other. */
export interface Tunnel {
  readonly port: number
  readonly host: string
  readonly hostPort: number
}

/** What is wrong with the text of a tunnel, `port:host:port`. */
export function tunnelProblem(text: string): string | undefined {
  return readTunnel(text)
    ? undefined
    : `must be of the form port:host:port, as "8080:localhost:80"; it is "${text}"`
}

/** Reads `port:host:port`, with brackets around an IPv6 address; undefined where it is none. */
export function readTunnel(text: string): Tunnel | undefined {
  const [, port = '', bracketed, plain, hostPort = ''] =
    /^(\d+):(?:\[([^\]]+)\]|([^:[\]]+)):(\d+)$/.exec(text) ?? []
  const host = bracketed ?? plain
  if (host === undefined || !isPort(port) || !isPort(hostPort)) return
  return { port: Number(port), host, hostPort: Number(hostPort) }
}
