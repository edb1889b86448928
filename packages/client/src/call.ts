import type { Body, Operation, Params, Query, Reply } from '@ingot/registry-api'

/** Any operation of the wire contract. */
// biome-ignore lint/suspicious/noExplicitAny: the parts of an operation are told apart by inference at each call
export type AnyOperation = Operation<string, any, any, any>

/** Where a project's registry lies; filled in by the client. */
export interface Tenancy {
  readonly organizationId: string
  readonly projectId: string
}

type Own<O> = Omit<Params<O>, 'organization_id' | 'project_id'>

/** What a call may be told beside its own parts. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** Whether the same call may be sent twice; true for reads, `PUT` and `DELETE` unless told. */
  readonly idempotent?: boolean
}

/** The parts of a call: path parameters without organization and project, query and body. */
export type CallInput<O extends AnyOperation> = CallOptions &
  (keyof Own<O> extends never ? { readonly params?: Own<O> } : { readonly params: Own<O> }) & {
    readonly query?: Query<O>
    readonly body?: Body<O>
  }

/** How nouns make their calls. */
export type Call = <O extends AnyOperation>(operation: O, input: CallInput<O>) => Promise<Reply<O>>

/** The same for answers that are wanted as the text that came. */
export type CallText = <O extends AnyOperation>(operation: O, input: CallInput<O>) => Promise<string>
