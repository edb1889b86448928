import { packer2021 } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { given, paging } from '../packer-2023-01-01/decode.ts'
import { pagination } from '../packer-2023-01-01/encode.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt } from './addresses.ts'
import { versionWords } from './decode.ts'
import { relation } from './encode.ts'
import { relationType } from './words.ts'

/** Where images come from and what was made of them. */
export const ancestryRoutes: readonly Route[] = [
  serve(packer2021.listBucketAncestry, async (call) => {
    const { registry, caller, query } = call
    const page = await registry.ancestry.list(caller, await bucketAt(call), {
      ...paging(query),
      ...versionWords(query),
      ...given({ type: relationType(query.type), channelName: query.channel }),
    })
    return render({
      relations: page.items.map(relation),
      pagination: pagination(page),
      total_count: page.count,
    })
  }),
]
