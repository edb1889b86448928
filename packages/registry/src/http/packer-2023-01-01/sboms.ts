import { packer, platform } from '@ingot/registry-api'
import { Refusal } from '../../domain/refusal.ts'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt, buildAt } from './addresses.ts'
import { pagination } from './encode.ts'
import { onePackage, packageQuery, sbom } from './packages.ts'
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
