import { operation } from '../operation.ts'
import { AncestryStatus, VersionStatus } from '../packer-2023-01-01/models.ts'
import { boolean, dateTime, int32, list, object, type Static, string, words } from '../schema.ts'
import { project } from './project-path.ts'

/** A version in a graph. `depth` counts the steps from the start: 1 was built from it, -1 is what it was built from. */
export const GraphNode = object({
  version_id: string,
  bucket_name: string,
  fingerprint: string,
  name: string,
  status: VersionStatus,
  depth: int32,
  channels: list(string),
  created_at: dateTime,
})
export type GraphNode = Static<typeof GraphNode>

/** That a version was built from another: as its publisher declared, or as the identifiers of the images tell. */
export const GraphEdge = object({
  parent_id: string,
  child_id: string,
  kind: words('DECLARED', 'OBSERVED'),
  channel_name: string,
  status: AncestryStatus,
})
export type GraphEdge = Static<typeof GraphEdge>

/** Everything around a bucket or one version of it, in one call. `whole` is false when it was too much. */
export const getGraph = operation({
  id: 'Ingot_GetGraph',
  plane: 'platform',
  method: 'GET',
  path: `${project}/buckets/:bucket_name/graph`,
  query: object(
    {},
    { version_fingerprint: string, direction: words('ancestors', 'descendants', 'both'), depth: string },
  ),
  reply: object({ nodes: list(GraphNode), edges: list(GraphEdge), whole: boolean }),
  seenFrom: ['ingot'],
})
