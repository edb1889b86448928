import { platform, type Query, type Reply } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'

/** Versions, and who was built from whom. */
export type Graph = Reply<typeof platform.getGraph>

/** Where a graph starts and how far it goes. */
export interface GraphReach {
  /** The version to start at; all of the bucket's unless told. */
  readonly fingerprint?: string
  /** Both unless told. */
  readonly direction?: NonNullable<Query<typeof platform.getGraph>['direction']>
  /** Steps from the start; as many as there may be unless told. */
  readonly depth?: number
}

/** Calls about who was built from whom; each throws a `ClientError`. */
export interface AncestryCalls {
  /** Everything that a bucket, or one version of it, was built from and that was built from it. */
  graph(bucket: string, reach?: GraphReach, options?: CallOptions): Promise<Graph>
}

export function ancestry(call: Call): AncestryCalls {
  return {
    graph(bucket, { fingerprint, direction, depth } = {}, options) {
      const query = {
        ...(fingerprint === undefined ? {} : { version_fingerprint: fingerprint }),
        ...(direction === undefined ? {} : { direction }),
        ...(depth === undefined ? {} : { depth: String(depth) }),
      }
      return call(platform.getGraph, { ...options, params: { bucket_name: bucket }, query })
    },
  }
}
