import { createSecureContext } from 'node:tls'
import { Agent, type Dispatcher, request } from 'undici'
import { ClientError } from './client-error.ts'
import { connectionError } from './connection-error.ts'

/** Largest answer that is read, in bytes; a larger one is a bad answer. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024

export interface TransportSettings {
  readonly ca: string | undefined
  readonly insecure: boolean
  readonly timeoutMs: number
}

export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal | undefined
}

export interface Incoming {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly body: string
}

/** One pool of connections with its own trust. */
export interface Transport {
  /** @throws ClientError of any kind but `refused`, `unauthorized` and `misconfigured` */
  send(outgoing: Outgoing): Promise<Incoming>
  close(): Promise<void>
}

export function openTransport(settings: TransportSettings): Transport {
  const agent = new Agent({
    connect: { rejectUnauthorized: !settings.insecure, timeout: settings.timeoutMs, ...trust(settings.ca) },
  })
  return {
    send: (outgoing) => exchange(agent, outgoing, settings.timeoutMs),
    close: () => agent.destroy(),
  }
}

/** One context for all connections: reading a bundle of authorities takes tens of milliseconds. */
function trust(ca: string | undefined) {
  if (ca === undefined) return {}
  try {
    return { secureContext: createSecureContext({ ca }) }
  } catch (cause) {
    throw new ClientError('misconfigured', 'The certificate authorities to trust are not readable as PEM.', {
      remedy: 'Check the file that SSL_CERT_FILE or the setting "ca" names.',
      cause,
    })
  }
}

async function exchange(dispatcher: Dispatcher, outgoing: Outgoing, timeoutMs: number): Promise<Incoming> {
  const { url, method, headers, body, signal } = outgoing
  const timeout = AbortSignal.timeout(timeoutMs)
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout
  try {
    const answer = await request(url, { dispatcher, method, headers, body: body ?? null, signal: either })
    return {
      status: answer.statusCode,
      retryAfter: single(answer.headers['retry-after']),
      body: await readBody(answer.body, url),
    }
  } catch (error) {
    if (error instanceof ClientError) throw error
    throw connectionError(error, { url, timeoutMs, aborted: signal?.aborted === true })
  }
}

async function readBody(body: Dispatcher.ResponseData['body'], url: URL): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MAX_ANSWER_BYTES) {
      throw new ClientError(
        'bad-answer',
        `${url.origin} answered with more than ${MAX_ANSWER_BYTES} bytes.`,
        {
          remedy: 'Ask for smaller pages, or check that the address is that of a registry.',
        },
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
