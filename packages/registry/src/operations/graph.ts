import { roleAt } from '../domain/access.ts'
import type { BucketAddress } from '../domain/address.ts'
import { ancestryStatus } from '../domain/ancestry.ts'
import { sees } from '../domain/channel.ts'
import { deepestGraph, graphNodes } from '../domain/limits.ts'
import { Refusal } from '../domain/refusal.ts'
import { versionName, versionStatus } from '../domain/version.ts'
import type { GraphQuery } from '../inputs.ts'
import type { Direction, GraphEdge, GraphNode, Pointer, Walk } from '../store/rows/graph-rows.ts'
import type { GraphEdgeView, GraphNodeView, GraphView } from '../views.ts'
import type { Scene } from './desk.ts'
import { findBucket, versionIn } from './find.ts'

/** What a version, or every version of a bucket, was built from and what was built from it, in one picture. */
export async function getGraph(scene: Scene, at: BucketAddress, query: GraphQuery): Promise<GraphView> {
  const { depth = deepestGraph, direction = 'both', versionFingerprint = '' } = query
  if (!Number.isInteger(depth) || depth < 0 || depth > deepestGraph)
    throw new Refusal('graph.depth', { limit: deepestGraph })
  const bucket = await findBucket(scene, at)
  const version = versionFingerprint
    ? (await versionIn(scene, bucket, versionFingerprint, 'version.unknown')).id
    : ''
  const reach = { bucket: bucket.id, version, depth, limit: graphNodes + 1 }
  const walks: [Direction, Walk][] = []
  for (const way of ['descendants', 'ancestors'] as const)
    if (direction === 'both' || direction === way) walks.push([way, await scene.rows.graph.walk(way, reach)])
  return draw(scene, at, walks)
}

function draw(scene: Scene, at: BucketAddress, walks: readonly (readonly [Direction, Walk])[]): GraphView {
  const roleOn = (bucket: string) => roleAt(scene.caller, { ...at, bucket })
  const found = new Map<string, GraphNode>()
  for (const [way, { nodes }] of walks)
    for (const node of nodes)
      if (!found.has(node.id) && roleOn(node.bucketName) !== undefined)
        found.set(node.id, way === 'ancestors' ? { ...node, depth: -node.depth } : node)
  const shown = new Map([...found].slice(0, graphNodes))
  const pointers = walks
    .flatMap(([, walk]) => walk.pointers)
    .filter((pointer) => sees(roleOn(found.get(pointer.versionId)?.bucketName ?? ''), pointer))
  const edges = walks.flatMap(([, walk]) => walk.edges)
  return {
    nodes: showNodes(scene, [...shown.values()], pointers),
    edges: showEdges(edges.filter(({ parentId, childId }) => shown.has(parentId) && shown.has(childId))),
    whole: shown.size === found.size,
  }
}

function showNodes(
  { now }: Scene,
  nodes: readonly GraphNode[],
  pointers: readonly Pointer[],
): GraphNodeView[] {
  const channels = Map.groupBy(pointers, ({ versionId }) => versionId)
  return nodes.map(({ id: versionId, number, revokeAt, ...node }) => ({
    ...node,
    versionId,
    name: versionName(number),
    status: versionStatus({ number, revocation: revokeAt === null ? null : { revokeAt } }, [], now),
    channels: [...new Set(channels.get(versionId)?.map(({ name }) => name))],
  }))
}

/** Each once, though a walk up and a walk down may both come by it. */
function showEdges(edges: readonly GraphEdge[]): GraphEdgeView[] {
  const views = new Map<string, GraphEdgeView>()
  for (const { rank, channelName, parentId, childId, kind } of edges) {
    const view = { parentId, childId, kind, channelName: channelName ?? '', status: ancestryStatus(rank) }
    views.set(`${parentId} ${childId} ${kind} ${view.channelName}`, view)
  }
  return [...views.values()]
}
