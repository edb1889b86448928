import type { RefusalCode, RefusalParams } from '@ingot/registry-api'
import type { Caller } from '../domain/caller.ts'
import { Refusal } from '../domain/refusal.ts'
import type { Desk } from '../operations/desk.ts'
import { clip } from './event.ts'

/** A refusal that happened before a use case was reached: a wrong secret, a body that cannot be read. */
export interface OuterRefusal<Code extends RefusalCode = RefusalCode> {
  readonly code: Code
  readonly params: RefusalParams<Code>
  /** What was asked for, for example `token.issue` or `bucket.create`. */
  readonly action: string
  /** What it was asked of, for example a client id or a path. */
  readonly object: string
  readonly caller?: Caller
  readonly address?: string
  readonly sourceChannel?: string
}

/** Writes the audit row of a refusal that the planes made themselves. */
export function recordRefusal<Code extends RefusalCode>(
  desk: Desk,
  outer: OuterRefusal<Code>,
): Promise<void> {
  const { caller, action, address = caller?.address, sourceChannel = caller?.sourceChannel } = outer
  const { code, message } = new Refusal(outer.code, outer.params)
  return desk.record({
    ...{ action: clip(action), object: clip(outer.object), outcome: code, message },
    ...(caller && {
      organizationId: caller.organizationId,
      principalId: caller.principalId,
      principalName: caller.principalName,
    }),
    address: address === undefined ? null : clip(address),
    sourceChannel: sourceChannel === undefined ? null : clip(sourceChannel),
  })
}
