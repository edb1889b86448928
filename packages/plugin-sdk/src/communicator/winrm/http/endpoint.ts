import type { WinRMSettings } from '../settings.ts'

/** Where a machine's WinRM is. */
export interface Endpoint {
  /** As `https://host:5986/wsman`. */
  readonly url: URL
  readonly insecure: boolean
  /** The proxy on the way there. */
  readonly proxy: URL | undefined
}

/** The ports that Windows listens on unless told. */
export const WINRM_PORT = 5985
export const WINRM_TLS_PORT = 5986

/** `environment` may name proxies, as Go and curl have it. */
export function endpointOf(
  host: string,
  { port, useSsl = false, insecure = false, noProxy = false }: WinRMSettings,
  environment: NodeJS.ProcessEnv,
): Endpoint {
  const authority = `${bracketed(host)}:${port ?? (useSsl ? WINRM_TLS_PORT : WINRM_PORT)}`
  const url = new URL(`${useSsl ? 'https' : 'http'}://${authority}/wsman`)
  return { url, insecure, proxy: noProxy ? undefined : proxyFor(url, environment) }
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}

/** The proxy that the environment names for an address; none for this very machine. */
export function proxyFor({ protocol, hostname, port }: URL, environment: NodeJS.ProcessEnv): URL | undefined {
  const named = (name: string) => environment[name] || environment[name.toLowerCase()]
  const proxy = named(protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY')
  if (!proxy || isLoopback(hostname)) return
  const exceptions = (named('NO_PROXY') ?? '').split(',').map((each) => each.trim().toLowerCase())
  if (exceptions.some((each) => isExcepted(each, hostname, port))) return
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`
  return URL.canParse(url) ? new URL(url) : undefined
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
}

function isExcepted(exception: string, hostname: string, port: string): boolean {
  if (exception === '*') return true
  const [name = '', only] = exception.split(/:(?=\d+$)/)
  if (name === '' || (only !== undefined && only !== port)) return false
  const domain = name.replace(/^\*?\./, '')
  return (hostname === domain && !name.startsWith('.')) || hostname.endsWith(`.${domain}`)
}
