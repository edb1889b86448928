import { platform } from '@ingot/registry-api'
import { Refusal } from '../../domain/refusal.ts'
import { refused, render } from '../answer.ts'
import { buildAt } from '../packer-2023-01-01/addresses.ts'
import { dateTime } from '../packer-2023-01-01/encode.ts'
import { sbom } from '../packer-2023-01-01/packages.ts'
import { meant, sbomFormatWord } from '../packer-2023-01-01/words.ts'
import { type Route, serve, serveOpen } from '../route.ts'

/** Bills of materials that come late, and their documents. */
export const sbomRoutes: readonly Route[] = [
  serve(platform.describeSboms, async ({ registry, caller, at }) =>
    render({
      sboms: (await registry.sboms.list(caller, buildAt(at))).map((one) => ({
        ...sbom(one),
        ...{ format_version: one.formatVersion, package_count: one.packageCount, late: one.late },
        ...{ author: one.author, created_at: dateTime(one.createdAt) },
      })),
    }),
  ),

  serve(platform.attachSbom, async ({ registry, caller, at, body }) => {
    const format = meant(sbomFormatWord, body.format)
    if (!format) throw new Refusal('sbom.unreadable', { problem: 'its format is not given' })
    const sent = { name: body.name ?? '', format, content: body.compressed_sbom ?? '', late: true }
    return render({ sbom: sbom(await registry.sboms.upload(caller, buildAt(at), sent)) })
  }),

  serveOpen(platform.downloadSbom, async ({ registry, at }) => {
    try {
      const { name, document } = await registry.sboms.download(at['ticket'] ?? '')
      const headers = {
        'content-disposition': `attachment; filename="${name}.json"`,
        'cache-control': 'no-store',
      }
      return { status: 200, body: document, headers }
    } catch (error) {
      if (error instanceof Refusal) return refused(error)
      throw error
    }
  }),
]
