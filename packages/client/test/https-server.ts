import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { type Identity, makeIdentity } from './certificates.ts'

/** A request as it came in. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** What to answer; `hangUp` cuts the connection instead, `silent` never answers. */
export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly hangUp?: boolean
  readonly silent?: boolean
}

export interface HttpsServer extends AsyncDisposable {
  readonly url: string
  readonly ca: string
  readonly seen: readonly Seen[]
}

/** A real server on loopback with a certificate of its own, answering as it is told. */
export async function serveHttps(
  answer: (seen: Seen, count: number) => Reply | Promise<Reply>,
  names?: readonly string[],
): Promise<HttpsServer> {
  const identity = await makeIdentity(names)
  const seen: Seen[] = []
  const server = listener(identity, seen, answer)
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    ca: identity.ca,
    seen,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function listener(
  identity: Identity,
  seen: Seen[],
  answer: (seen: Seen, count: number) => Reply | Promise<Reply>,
): Server {
  return createServer(identity, async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = '', url = '', headers } = request
    const one = { method, path: url, headers, body: Buffer.concat(chunks).toString() }
    seen.push(one)
    const count = seen.filter((each) => each.path === url && each.method === method).length
    const { status = 200, headers: extra = {}, body = {}, hangUp, silent } = await answer(one, count)
    if (silent) return
    if (hangUp) return void request.socket.destroy()
    response.writeHead(status, { 'content-type': 'application/json', ...extra })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
}

/** Answers tokens `token-1`, `token-2` …, and everything else as told. */
export function withTokens(answer: (seen: Seen, count: number) => Reply | Promise<Reply>) {
  return (seen: Seen, count: number): Reply | Promise<Reply> => {
    if (seen.path !== '/oauth2/token') return answer(seen, count)
    return { body: { access_token: `token-${count}`, token_type: 'Bearer', expires_in: 3600 } }
  }
}
