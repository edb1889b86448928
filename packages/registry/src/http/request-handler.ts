import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Authenticator } from '../auth/authenticator.ts'
import { Refusal } from '../domain/refusal.ts'
import { type Answer, refused } from './answer.ts'
import { drain, Gone, readBody, refuseText } from './body.ts'
import { decodeBody, decodeQuery } from './decode.ts'
import { findRoute, type Router, type ServedRoute } from './find-route.ts'
import { MAX_BODY, MAX_FORM } from './limits.ts'
import { baseUrlOf, described, type Origin, originOf, target } from './origin.ts'
import type { RefusalRecorder } from './refusal-recorder.ts'
import type { AnyOperation, Call, Services } from './route.ts'

export interface HandlerParts {
  readonly services: Services
  readonly router: Router
  readonly authenticator: Authenticator
  readonly recorder: RefusalRecorder
  readonly log: Logger
  /** What a client may read of an error of the database; nothing for any other error. */
  readonly trouble: (error: unknown) => string | undefined
}

type Act = () => Promise<Answer>

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
      const answer = await this.#answer(request, originOf(request))
      this.#logAnswer(request, answer)
      this.#send(response, answer)
    } catch (error) {
      if (!(error instanceof Gone)) this.#parts.log.error({ err: error }, 'a request was not answered')
      response.destroy()
    }
  }

  async #answer(request: IncomingMessage, origin: Origin): Promise<Answer> {
    let act: Act
    try {
      act = await this.#prepare(request, origin)
    } catch (error) {
      return this.#turnedAway(error, request, origin)
    }
    try {
      return await act()
    } catch (error) {
      return this.#failed(error, origin)
    }
  }

  /** Everything that comes before the use case. */
  async #prepare(request: IncomingMessage, origin: Origin): Promise<Act> {
    const { services, router, authenticator } = this.#parts
    const { path, search } = target(request.url ?? '/')
    const served = findRoute(router, origin.method, path)
    const { open, handle, operation } = served.route
    origin.operation = `${operation.plane}.${operation.id}`
    const { authorization } = request.headers
    if (open) {
      const body = request.method === 'POST' ? await readBody(request, MAX_FORM) : Buffer.alloc(0)
      return () => open({ registry: services.registry, authorization, at: served.params, body, origin })
    }
    const caller = await authenticator.caller(authorization)
    origin.caller = caller
    const { address, sourceChannel } = origin
    const decoded = await decode(request, served, search)
    const call = {
      ...services,
      ...decoded,
      caller: { ...caller, address, sourceChannel },
      baseUrl: baseUrlOf(request),
    } as Call<AnyOperation>
    return async () => ({ status: 200, body: await handle!(call) })
  }

  /** A refusal that no use case saw: its audit row is ours to write. */
  async #turnedAway(error: unknown, request: IncomingMessage, origin: Origin): Promise<Answer> {
    if (!(error instanceof Refusal)) return this.#failed(error, origin)
    this.#logRefusal(error, origin)
    await this.#parts.recorder.record(error, origin)
    return refused(error, { last: !(await drain(request)) })
  }

  #failed(error: unknown, origin: Origin): Answer {
    if (error instanceof Gone) throw error
    if (error instanceof Refusal) {
      this.#logRefusal(error, origin)
      return refused(error)
    }
    const reference = randomBytes(4).toString('hex')
    this.#parts.log.error({ ...described(origin), reference, err: error }, 'a request failed')
    const problem = this.#parts.trouble(error)
    if (problem) return refused(new Refusal('server.unavailable', { problem }))
    return refused(new Refusal('server.failed', { reference }))
  }

  #logRefusal(refusal: Refusal, origin: Origin): void {
    this.#parts.log.info({ ...described(origin), refused: refusal.code }, refusal.message)
  }

  #logAnswer({ method, url }: IncomingMessage, { status }: Answer): void {
    const { log } = this.#parts
    if (log.isLevelEnabled('debug')) log.debug({ method, url, status }, 'answered')
  }

  #send(response: ServerResponse, answer: Answer): void {
    const last = answer.last || this.#stopping
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answer.body),
      ...(last && { connection: 'close' }),
      ...answer.headers,
    })
    response.end(answer.body)
  }
}

async function decode(request: IncomingMessage, { route, params }: ServedRoute, search: string) {
  for (const [name, value] of Object.entries(params)) refuseText(value, name)
  const query = decodeQuery(route.operation, search)
  const body = route.operation.body
    ? decodeBody(route.operation, await readBody(request, route.operation.bodyLimit ?? MAX_BODY))
    : {}
  return { at: params, query, body }
}
