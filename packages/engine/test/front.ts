import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'

/** A call that came by. */
export interface PassedCall {
  readonly method: string
  /** Without the part that every path of a project has. */
  readonly path: string
  readonly body: unknown
  readonly status: number
}

/** What becomes of a call: it passes, its connection is cut before, or after the registry has answered. */
export type Passage = 'pass' | 'cut' | 'lose-answer'

/** Plain HTTP in front of a registry: writes calls down, and can be told to fail them. */
export interface Front extends AsyncDisposable {
  readonly url: string
  readonly calls: readonly PassedCall[]
  /** Asked for every call; everything passes unless it is set. */
  rule: (call: Omit<PassedCall, 'status'>) => Passage
}

export async function openFront(registry: { readonly url: string; readonly ca: string }): Promise<Front> {
  const calls: PassedCall[] = []
  const server = createServer(async (incoming, answer) => {
    const body = await readAll(incoming)
    const call = { method: incoming.method ?? '', path: shortPath(incoming.url ?? ''), body: parsed(body) }
    const passage = front.rule(call)
    if (passage === 'cut') return void incoming.socket.destroy()
    const reply = await forward(registry, incoming, body)
    calls.push({ ...call, status: reply.status })
    if (passage === 'lose-answer') return void incoming.socket.destroy()
    respond(answer, reply)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const front: Front = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    rule: () => 'pass',
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return front
}

interface Reply {
  readonly status: number
  readonly body: string
}

function forward(
  registry: { url: string; ca: string },
  incoming: IncomingMessage,
  body: string,
): Promise<Reply> {
  const { method, url, headers } = incoming
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(url ?? '/', registry.url),
      { method, headers, ca: registry.ca },
      (reply) => {
        readAll(reply).then((text) => resolve({ status: reply.statusCode ?? 0, body: text }), reject)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function respond(answer: ServerResponse, { status, body }: Reply): void {
  answer.writeHead(status, { 'content-type': 'application/json' })
  answer.end(body)
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function shortPath(path: string): string {
  return path.replace(/^\/packer\/2023-01-01\/organizations\/[^/]+\/projects\/[^/]+/, '')
}

function parsed(body: string): unknown {
  return body === '' ? undefined : JSON.parse(body)
}
