import { packer, platform, type Reply } from '@ingot/registry-api'
import type { Call, CallOptions, CallText } from '../call.ts'
import type { BuildPlace } from './builds.ts'

/** A bill of materials with what is known of it. */
export type Sbom = Reply<typeof platform.describeSboms>['sboms'][number]

/** A bill of materials to be sent. */
export interface NewSbom {
  /** 3 to 36 letters, digits and hyphens; given by the registry when absent. */
  readonly name?: string
  readonly format: 'CYCLONEDX' | 'SPDX'
  /** JSON, compressed with zstd. */
  readonly compressed: Uint8Array
}

/** Calls about the bills of materials of builds; each throws a `ClientError`. */
export interface SbomCalls {
  /** While the build runs. One of the same name is replaced. Answers its name. */
  upload(at: BuildPlace, sbom: NewSbom, options?: CallOptions): Promise<string>
  /** Also when the build is over: it is marked as late. */
  attach(at: BuildPlace, sbom: NewSbom, options?: CallOptions): Promise<string>
  /** Oldest first. */
  list(at: BuildPlace, options?: CallOptions): Promise<readonly Sbom[]>
  /** The document, byte for byte as it was before it was compressed. */
  document(at: BuildPlace, name: string, options?: CallOptions): Promise<string>
}

export function sboms(call: Call, callText: CallText): SbomCalls {
  return {
    async upload(at, sbom, options) {
      const input = { ...options, params: buildParams(at), body: bodyOf(sbom) }
      return (await call(packer.uploadSbom, input)).sbom.name
    },
    async attach(at, sbom, options) {
      const input = { ...options, params: buildParams(at), body: bodyOf(sbom) }
      return (await call(platform.attachSbom, input)).sbom.name
    },
    async list(at, options) {
      return (await call(platform.describeSboms, { ...options, params: buildParams(at) })).sboms
    },
    async document(at, name, options) {
      const params = { ...buildParams(at), sbom_name: name }
      const { download_url: url } = await call(packer.getSbom, { ...options, params })
      const [file = '', ticket = ''] = new URL(url).pathname.split('/').reverse().map(decodeURIComponent)
      return callText(platform.downloadSbom, { ...options, params: { ticket, file } })
    },
  }
}

function bodyOf({ name = '', format, compressed }: NewSbom) {
  return { name, format, compressed_sbom: Buffer.from(compressed).toString('base64') }
}

function buildParams({ bucket, fingerprint, buildId }: BuildPlace) {
  return { bucket_name: bucket, fingerprint, build_id: buildId }
}
