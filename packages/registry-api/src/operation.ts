import type { Schema } from './schema.ts'

/** The parts of the address space, each with its own conventions. */
export type Plane =
  | 'packer-2023-01-01'
  | 'packer-2022-12-02'
  | 'packer-2021-04-30'
  | 'resource-manager'
  | 'iam'
  | 'long-operations'
  | 'oauth2'
  | 'platform'

/** A client that was seen to call an operation. */
export type Client = 'packer' | 'terraform-provider-hcp' | 'ingot'

/** The methods of HTTP that operations use. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One operation of the wire as data: the server's routes, the client's calls and the documentation all read it. */
export interface Operation<Path extends string = string, Query = unknown, Body = unknown, Reply = unknown> {
  /** The published name, for example `PackerService_GetChannel`. */
  readonly id: string
  readonly plane: Plane
  readonly method: Method
  /** The path; `:name` stands for one percent-encoded segment. */
  readonly path: Path
  /** Query parameters by their names on the wire; all are texts there. */
  readonly query?: Schema<Query>
  /** The request body; absent when the operation takes none. */
  readonly body?: Schema<Body>
  /** Bytes of the request body, where they may be more than of other operations. */
  readonly bodyLimit?: number
  /** The body of the answer with status 200, the only status of success. */
  readonly reply: Schema<Reply>
  readonly seenFrom: readonly Client[]
}

type Nothing = Readonly<Record<never, never>>

type ParameterNames<Path extends string> = Path extends `${infer Segment}/${infer Rest}`
  ? ParameterNames<Segment> | ParameterNames<Rest>
  : Path extends `:${infer Name}`
    ? Name
    : never

/** The path parameters of an operation: `{ bucket_name: string, … }`. */
export type Params<O> =
  O extends Operation<infer Path, infer _Query, infer _Body, infer _Reply>
    ? { readonly [Name in ParameterNames<Path>]: string }
    : never

/** The query of an operation, by the names on the wire. */
export type Query<O> = O extends Operation<string, infer Query, infer _Body, infer _Reply> ? Query : never

/** The request body of an operation. */
export type Body<O> = O extends Operation<string, infer _Query, infer Body, infer _Reply> ? Body : never

/** The body of an operation's answer. */
export type Reply<O> = O extends Operation<string, infer _Query, infer _Body, infer Reply> ? Reply : never

/** States an operation; the types of its parts follow from the schemas. */
export function operation<const Path extends string, Reply, Query = Nothing, Body = Nothing>(
  facts: Operation<Path, Query, Body, Reply>,
): Operation<Path, Query, Body, Reply> {
  return facts
}
