import { packer, platform } from '@ingot/registry-api'
import { Refusal } from '../../domain/refusal.ts'
import type { PackageQuery } from '../../inputs.ts'
import type { PackageView, SbomView } from '../../views.ts'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt, buildAt } from './addresses.ts'
import { given, sortedPaging } from './decode.ts'
import { pagination } from './encode.ts'
import { meant, sbomFormatWord } from './words.ts'

/** Bills of materials, and the packages that they name. */
export const sbomRoutes: readonly Route[] = [
  serve(packer.uploadSbom, async ({ registry, caller, at, body }) => {
    const format = meant(sbomFormatWord, body.format)
    if (!format) throw new Refusal('sbom.unreadable', { problem: 'its format is not given' })
    const sent = { name: body.name ?? '', format, content: body.compressed_sbom ?? '', late: false }
    return render({ sbom: sbom(await registry.sboms.upload(caller, buildAt(at), sent)) })
  }),

  serve(packer.listSboms, async ({ registry, caller, at }) =>
    render({ sboms: (await registry.sboms.list(caller, buildAt(at))).map(sbom) }),
  ),

  serve(packer.getSbom, async ({ registry, caller, at, baseUrl }) => {
    const { sbom: found, ticket } = await registry.sboms.ticket(caller, buildAt(at), at.sbom_name)
    const path = platform.downloadSbom.path.replace(':ticket', ticket).replace(':file', `${found.name}.json`)
    return render({ download_url: baseUrl + path })
  }),

  serve(packer.listBuildPackages, async ({ registry, caller, at, query }) => {
    const page = await registry.sboms.packagesOfBuild(caller, buildAt(at), packageQuery(query))
    return render({ packages: page.items.map(onePackage), pagination: pagination(page) })
  }),

  serve(packer.listBucketPackages, async ({ registry, caller, at, query }) => {
    const page = await registry.sboms.packagesOfBucket(caller, bucketAt(at), packageQuery(query))
    return render({ packages: page.items.map(onePackage), pagination: pagination(page) })
  }),
]

interface Filter {
  readonly package_name?: string
  readonly package_name_starts_with?: string
  readonly package_version?: string
}

function packageQuery(query: Filter & Parameters<typeof sortedPaging>[0]): PackageQuery {
  return {
    ...sortedPaging(query),
    ...given({
      name: query.package_name,
      nameStartsWith: query.package_name_starts_with,
      version: query.package_version,
    }),
  }
}

/** A bill of materials as a client sees it. */
export function sbom({ id, name, format }: SbomView) {
  return { id, name, format: sbomFormatWord[format] }
}

function onePackage(view: PackageView) {
  return {
    ...{ name: view.name, version: view.version, purl: view.purl },
    ...{ build_id: view.buildId, build_name: view.componentType },
    ...{ channel_id: view.channelId, channel_name: view.channelName },
    sboms: view.sboms.map(sbom),
  }
}
