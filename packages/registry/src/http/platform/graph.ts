import { platform } from '@ingot/registry-api'
import type { GraphEdgeView, GraphNodeView } from '../../views.ts'
import { render } from '../answer.ts'
import { bucketAt } from '../packer-2023-01-01/addresses.ts'
import { given } from '../packer-2023-01-01/decode.ts'
import { dateTime } from '../packer-2023-01-01/encode.ts'
import { ancestryWord, versionStatusWord } from '../packer-2023-01-01/words.ts'
import { type Route, serve } from '../route.ts'

/** Who was built from whom, over many steps. */
export const graphRoutes: readonly Route[] = [
  serve(platform.getGraph, async ({ registry, caller, at, query }) => {
    const graph = await registry.ancestry.graph(caller, bucketAt(at), {
      ...given({
        direction: query.direction,
        versionFingerprint: query.version_fingerprint || undefined,
        depth: query.depth ? Number(query.depth) : undefined,
      }),
    })
    return render({ nodes: graph.nodes.map(node), edges: graph.edges.map(edge), whole: graph.whole })
  }),
]

function node(view: GraphNodeView) {
  return {
    version_id: view.versionId,
    bucket_name: view.bucketName,
    ...{ fingerprint: view.fingerprint, name: view.name, depth: view.depth, channels: view.channels },
    status: versionStatusWord[view.status],
    created_at: dateTime(view.createdAt),
  }
}

const kindWord = { declared: 'DECLARED', observed: 'OBSERVED' } as const

function edge({ parentId, childId, kind, channelName, status }: GraphEdgeView) {
  return {
    ...{ parent_id: parentId, child_id: childId, kind: kindWord[kind] },
    ...{ channel_name: channelName, status: ancestryWord[status] },
  }
}
