import type { ErrorEnvelope } from './envelope.ts'
import { accessRefusals } from './refusals/access.ts'
import { bucketRefusals } from './refusals/buckets.ts'
import { channelRefusals } from './refusals/channels.ts'
import { contentRefusals } from './refusals/contents.ts'
import { lookUpRefusals } from './refusals/look-ups.ts'
import type { RefusalKind } from './refusals/refusal-kind.ts'
import { requestRefusals } from './refusals/requests.ts'
import { versionRefusals } from './refusals/versions.ts'

export type { RefusalKind } from './refusals/refusal-kind.ts'

/**
 * Every refusal of the registry: code of ours, code on the wire, and the text that a user of a stock client reads. Texts
 * that the hosted service was seen to send are its own, to the letter; the others name the remedy. No text holds anything
 * like `code:9`, because packer looks for the code in the whole text of an error.
 */
export const refusals = {
  ...accessRefusals,
  ...requestRefusals,
  ...bucketRefusals,
  ...versionRefusals,
  ...channelRefusals,
  ...contentRefusals,
  ...lookUpRefusals,
} as const

/** The name of a refusal, for example `bucket.absent`. */
export type RefusalCode = keyof typeof refusals

/** What the message of a refusal speaks of. */
export type RefusalParams<Code extends RefusalCode> = Parameters<(typeof refusals)[Code]['message']>[0]

/** A refusal as it goes over the wire: its HTTP status and its body. */
export function answerTo<Code extends RefusalCode>(
  code: Code,
  params: RefusalParams<Code>,
): { readonly status: number; readonly body: ErrorEnvelope } {
  const kind = refusals[code] as RefusalKind<RefusalParams<Code>>
  const { grpc, http, message, details } = kind
  return { status: http, body: { code: grpc, message: message(params), details: details?.(params) ?? [] } }
}
