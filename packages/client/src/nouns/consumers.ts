import { platform, type Reply } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'

/** Who read versions, how often, and when; `whole` is false when they were too many for one answer. */
export type Consumers = Reply<typeof platform.listConsumers>

/** Calls about who reads what; each throws a `ClientError`. */
export interface ConsumerCalls {
  /** Of a bucket, or of its version called `v3` or by its fingerprint; the latest first. */
  list(bucket: string, version?: string, options?: CallOptions): Promise<Consumers>
}

export function consumers(call: Call): ConsumerCalls {
  return {
    list(bucket, version, options) {
      const query = version === undefined ? {} : { version }
      return call(platform.listConsumers, { ...options, params: { bucket_name: bucket }, query })
    },
  }
}
