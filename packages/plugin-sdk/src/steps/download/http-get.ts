import { once } from 'node:events'
import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { proxyFor } from '../../communicator/winrm/http/endpoint.ts'
import { proxyAuthorization, TunnelAgent } from '../../communicator/winrm/http/tunnel.ts'
import { DownloadError } from './download-error.ts'

/** Redirections that are followed. */
export const REDIRECT_LIMIT = 10

/** Milliseconds without a byte after which a server is given up. */
export const SILENCE_LIMIT = 60_000

interface GetOptions {
  readonly signal: AbortSignal
  readonly headers?: Readonly<Record<string, string>>
  readonly env?: NodeJS.ProcessEnv
}

/**
 * The answer to a GET, also through a proxy that the environment names. Its body fails when the server falls silent.
 * @throws DownloadError `unreachable` where none comes.
 */
export async function httpGet(url: URL, options: GetOptions): Promise<IncomingMessage> {
  let at = url
  for (let hops = 0; hops <= REDIRECT_LIMIT; hops += 1) {
    const response = await get(at, options)
    const next = redirection(response, at)
    if (!next) return response
    response.resume()
    at = next
  }
  throw new DownloadError('unreachable', `${url.host} redirects more than ${REDIRECT_LIMIT} times`)
}

function redirection({ statusCode = 0, headers: { location } }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return
  const next = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined
  if (next && /^https?:$/.test(next.protocol)) return next
  throw new DownloadError(
    'unreachable',
    `${from.host} redirects to "${location}", which is no URL of http or https`,
  )
}

async function get(url: URL, { signal, headers, env = process.env }: GetOptions): Promise<IncomingMessage> {
  const library = url.protocol === 'https:' ? https : http
  const request = library.get({
    ...route(url, env),
    headers: {
      host: url.host,
      'accept-encoding': 'identity',
      'user-agent': 'ingot-plugin-sdk',
      ...authorization(url),
      ...proxied(url, env),
      ...headers,
    },
    signal,
    timeout: SILENCE_LIMIT,
  })
  request.on('timeout', () =>
    request.destroy(new Error(`${url.host} was silent for ${SILENCE_LIMIT / 1000} s`)),
  )
  try {
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return response
  } catch (cause) {
    signal.throwIfAborted()
    throw new DownloadError('unreachable', `${url.host} cannot be reached`, { cause })
  }
}

function route(url: URL, env: NodeJS.ProcessEnv): RequestOptions {
  const proxy = proxyFor(url, env)
  const direct = { hostname: url.hostname.replace(/^\[|\]$/g, ''), path: url.pathname + url.search }
  if (!proxy) return { ...direct, port: url.port }
  if (url.protocol === 'https:')
    return {
      ...direct,
      port: url.port || 443,
      agent: new TunnelAgent(proxy, {}, 'NO_PROXY says what goes without it'),
    }
  return { hostname: proxy.hostname, port: proxy.port || 80, path: `http://${url.host}${direct.path}` }
}

function proxied(url: URL, env: NodeJS.ProcessEnv) {
  const proxy = proxyFor(url, env)
  return proxy && url.protocol === 'http:' ? proxyAuthorization(proxy) : {}
}

function authorization({ username, password }: URL) {
  if (username === '' && password === '') return {}
  const account = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { authorization: `Basic ${Buffer.from(account).toString('base64')}` }
}
