import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Authenticator } from '../auth/authenticator.ts'
import { Refusal } from '../domain/refusal.ts'
import { type Answer, refused } from './answer.ts'
import { drain, Gone, malformed, readBody, refuseText } from './body.ts'
import { decodeBody, decodeQuery } from './decode.ts'
import { MAX_BODY, MAX_FORM } from './limits.ts'
import { described, type Origin, originOf, target } from './origin.ts'
import type { RefusalRecorder } from './refusal-recorder.ts'
import type { Call, OpenCall, Route, Services } from './route.ts'
import type { Router } from './router.ts'

export interface HandlerParts {
  readonly services: Services
  readonly router: Router
  readonly authenticator: Authenticator
  readonly recorder: RefusalRecorder
  readonly log: Logger
  /** What a client may read of an error of the database; nothing for any other error. */
  readonly trouble: (error: unknown) => string | undefined
}

/** Takes a request through all steps: route, token, decoding, use case, answer. */
export class RequestHandler {
  readonly #parts: HandlerParts
  #stopping = false

  constructor(parts: HandlerParts) {
    this.#parts = parts
  }

  /** From now on every answer ends its connection. */
  stop(): void {
    this.#stopping = true
  }

  readonly handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const answer = await this.#answer(request)
      this.#parts.log.debug({ method: request.method, path: request.url, status: answer.status }, 'answered')
      this.#send(request, response, answer)
    } catch (error) {
      if (!(error instanceof Gone)) this.#parts.log.error({ err: error }, 'a request was not answered')
      response.destroy()
    }
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const origin = originOf(request)
    let route: Route
    let call: Call<Route['operation']> | OpenCall
    try {
      const { path, search } = target(request.url ?? '/')
      const found = this.#find(origin.method, path)
      route = found.route
      call = route.open
        ? await openCall(this.#parts.services, request, origin)
        : await this.#call(request, origin, { ...found, search })
    } catch (error) {
      return this.#refusedOutside(error, request, origin)
    }
    try {
      if (route.open) return await route.open(call as OpenCall)
      return { status: 200, body: await route.handle!(call as Call<Route['operation']>) }
    } catch (error) {
      return this.#refusedInside(error, origin)
    }
  }

  #find(method: string, path: string): { readonly route: Route; readonly params: Record<string, string> } {
    const found = this.#parts.router.find(method, path)
    if (!found) throw isOurs(path) ? unserved(method, path) : new Refusal('route.absent', { path })
    if ('allowed' in found) throw new Refusal('route.wrong-method', { method, path, allowed: found.allowed })
    if (!found.route.handle && !found.route.open) throw unserved(method, path)
    return found
  }

  async #call(request: IncomingMessage, origin: Origin, found: Decodable): Promise<Call<Route['operation']>> {
    const caller = await this.#parts.authenticator.caller(request.headers.authorization)
    const { operation } = found.route
    try {
      for (const [name, value] of Object.entries(found.params)) refuseText(value, name)
      const query = decodeQuery(operation, found.search)
      const body = operation.body ? decodeBody(operation, await readBody(request, MAX_BODY)) : {}
      const from = { address: origin.address, sourceChannel: origin.sourceChannel }
      return {
        ...this.#parts.services,
        caller: { ...caller, ...from },
        at: found.params,
        query,
        body,
      } as Call<never>
    } catch (error) {
      origin.caller = caller
      throw error
    }
  }

  async #refusedOutside(error: unknown, request: IncomingMessage, origin: Origin): Promise<Answer> {
    const refusal = error instanceof URIError ? malformed('the path is not percent-encoded text') : error
    if (!(refusal instanceof Refusal)) return this.#refusedInside(refusal, origin)
    this.#parts.log.info({ ...described(origin), refused: refusal.code }, refusal.message)
    await this.#parts.recorder.record(refusal, origin)
    const allow = refusal.code === 'route.wrong-method' && {
      allow: (refusal as Refusal<'route.wrong-method'>).params.allowed.join(', '),
    }
    return refused(refusal, { last: !request.complete, ...(allow && { headers: allow }) })
  }

  #refusedInside(error: unknown, origin: Origin): Answer {
    if (error instanceof Gone) throw error
    if (error instanceof Refusal) {
      this.#parts.log.info({ ...described(origin), refused: error.code }, error.message)
      return refused(error)
    }
    const reference = randomBytes(4).toString('hex')
    this.#parts.log.error({ ...described(origin), reference, err: error }, 'a request failed')
    const problem = this.#parts.trouble(error)
    if (problem) return refused(new Refusal('server.unavailable', { problem }))
    return refused(new Refusal('server.failed', { reference }))
  }

  #send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
    const last = answer.last || this.#stopping
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answer.body),
      ...(last && { connection: 'close' }),
      ...answer.headers,
    })
    response.end(answer.body)
    if (answer.last) drain(request)
  }
}

interface Decodable {
  readonly route: Route
  readonly params: Record<string, string>
  readonly search: string
}

async function openCall(services: Services, request: IncomingMessage, origin: Origin): Promise<OpenCall> {
  const body = request.method === 'POST' ? await readBody(request, MAX_FORM) : Buffer.alloc(0)
  return { registry: services.registry, authorization: request.headers.authorization, body, origin }
}

/** Paths of the hosted service's own: a client that asks for a newer one goes on when it reads the code for unserved. */
function isOurs(path: string): boolean {
  return /^\/(packer|resource-manager|operation|iam|vault|\d{4}-\d{2}-\d{2})\//.test(path)
}

function unserved(method: string, path: string): Refusal {
  return new Refusal('route.unserved', { method, path })
}
