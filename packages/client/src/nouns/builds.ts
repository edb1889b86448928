import { type Body, type Build, packer } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'
import { pageQuery, pages } from '../pages.ts'
import type { VersionPlace } from './versions.ts'

/** Calls about the builds of a version; each throws a `ClientError`. */
export interface BuildCalls {
  get(at: BuildPlace, options?: CallOptions): Promise<Build>
  list(at: VersionPlace, options?: CallOptions): AsyncGenerator<Build>
  create(at: VersionPlace, build: Body<typeof packer.createBuild>, options?: CallOptions): Promise<Build>
  delete(at: BuildPlace, options?: CallOptions): Promise<void>
  update(at: BuildPlace, changes: Body<typeof packer.updateBuild>, options?: CallOptions): Promise<Build>
}

/** Which build. */
export interface BuildPlace extends VersionPlace {
  readonly buildId: string
}

export function builds(call: Call): BuildCalls {
  return {
    async get(at, options) {
      return (await call(packer.getBuild, { ...options, params: buildParams(at) })).build
    },
    async *list(at, options) {
      const params = versionParams(at)
      const fetch = (token?: string) =>
        call(packer.listBuilds, { ...options, params, query: pageQuery(token) })
      for await (const page of pages(fetch)) yield* page.builds
    },
    async create(at, body, options) {
      return (await call(packer.createBuild, { ...options, params: versionParams(at), body })).build
    },
    async update(at, body, options) {
      return (await call(packer.updateBuild, { ...options, params: buildParams(at), body })).build
    },
    async delete(at, options) {
      await call(packer.deleteBuild, { ...options, params: buildParams(at) })
    },
  }
}

function versionParams({ bucket, fingerprint }: VersionPlace) {
  return { bucket_name: bucket, fingerprint }
}

function buildParams(at: BuildPlace) {
  return { ...versionParams(at), build_id: at.buildId }
}
