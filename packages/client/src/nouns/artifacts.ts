import { packer, platform, type Reply } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'
import { pageQuery, pages } from '../pages.ts'

/** A build that made an image, with its version and bucket. */
export type FoundImage = Reply<typeof packer.searchExternalArtifact>['artifacts'][number]

/** The image that fits, the version that it is of, and the channel that named the version. */
export type ResolvedImage = Reply<typeof platform.resolveArtifact>

/** Which image: of the version on a channel, `latest` unless told, or of one called `v3` or by its fingerprint. */
export interface ImageWish {
  readonly channel?: string
  readonly version?: string
  readonly platform?: string
  readonly region?: string
  readonly component?: string
  /** All of them must be on the build. */
  readonly labels?: Readonly<Record<string, string>>
}

/** Calls about images, whatever build made them; each throws a `ClientError`. */
export interface ArtifactCalls {
  /** Every build of the project that made an image, by the provider's id of it; the newest first. */
  find(
    image: string,
    where?: { readonly platform?: string; readonly region?: string },
    options?: CallOptions,
  ): AsyncGenerator<FoundImage>
  /** The one image that fits. When none or several do, the refusal's `details` are the images to choose from. */
  resolve(bucket: string, wish?: ImageWish, options?: CallOptions): Promise<ResolvedImage>
}

export function artifacts(call: Call): ArtifactCalls {
  return {
    async *find(image, where = {}, options) {
      const body = { external_identifier: image, ...where }
      const fetch = (token?: string) =>
        call(packer.searchExternalArtifact, {
          idempotent: true,
          ...options,
          body,
          query: pageQuery(token),
        })
      for await (const page of pages(fetch)) yield* page.artifacts
    },
    resolve(bucket, { labels = {}, ...wish } = {}, options) {
      const label = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
      const query = { ...wish, label }
      return call(platform.resolveArtifact, { ...options, params: { bucket_name: bucket }, query })
    },
  }
}
