import type { Body, Operation, Params, Query, Reply } from '@ingot/registry-api'
import type { Caller } from '../domain/caller.ts'
import type { Registry } from '../registry/registry.ts'
import type { Answer, Rendered } from './answer.ts'
import type { Origin } from './origin.ts'
import type { Renderings } from './renderings.ts'
import type { SpacedStarts } from './spaced-starts.ts'

/** What every handler may use. */
export interface Services {
  readonly registry: Registry
  readonly renderings: Renderings
  readonly starts: SpacedStarts
}

/** One call of an operation, decoded and checked. */
export interface Call<O> extends Services {
  readonly caller: Caller
  /** The address under which the client reached this server, for example `https://localhost:8443`. */
  readonly baseUrl: string
  readonly at: Params<O>
  readonly query: Query<O>
  readonly body: Body<O>
}

/** A call of an operation that needs no token; what it answers is its own. */
export interface OpenCall {
  readonly registry: Registry
  readonly authorization: string | undefined
  readonly at: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly origin: Origin
}

/** Operations of any types: what the table of routes holds. */
export type AnyOperation = Operation<string, unknown, unknown, unknown>

/** What answers an operation. A route without `handle` and `open` is known and not served. */
export interface Route {
  readonly operation: AnyOperation
  readonly handle?: (call: Call<AnyOperation>) => Promise<string>
  readonly open?: (call: OpenCall) => Promise<Answer>
}

/** Serves an operation to callers with a token. */
export function serve<O extends AnyOperation>(
  operation: O,
  handle: (call: Call<O>) => Promise<Rendered<Reply<O>>>,
): Route {
  return { operation, handle: handle as (call: Call<AnyOperation>) => Promise<string> }
}

/** Serves an operation to everybody. */
export function serveOpen(operation: AnyOperation, open: (call: OpenCall) => Promise<Answer>): Route {
  return { operation, open }
}

/** Every operation of a plane: those served, and the others, which are refused with the code that clients live with. */
export function wholePlane(
  operations: Readonly<Record<string, AnyOperation>>,
  served: readonly Route[],
): readonly Route[] {
  const others = Object.values(operations).filter(
    (operation) => !served.some((route) => route.operation === operation),
  )
  return [...served, ...others.map((operation) => ({ operation }))]
}
