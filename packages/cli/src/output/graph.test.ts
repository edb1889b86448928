import { stripVTControlCharacters } from 'node:util'
import type { Graph } from '@ingot/client'
import { expect, it } from 'vitest'
import { graphText } from './graph.ts'

const node = (bucket_name: string, depth: number, more: Partial<Graph['nodes'][number]> = {}) => ({
  ...{ version_id: bucket_name, bucket_name, name: 'v1', fingerprint: `f-${bucket_name}`, depth },
  ...({ status: 'VERSION_ACTIVE', channels: [], created_at: '2026-01-01T00:00:00Z' } as const),
  ...more,
})
const edge = (parent_id: string, child_id: string, more: Partial<Graph['edges'][number]> = {}) => ({
  ...({ parent_id, child_id, kind: 'DECLARED', channel_name: '', status: 'UNDETERMINED' } as const),
  ...more,
})
const text = (graph: Graph) => stripVTControlCharacters(graphText('base', graph))

it('draws a diamond once each way, with channels, states and how an edge is known', () => {
  const graph: Graph = {
    nodes: [
      node('base', 0, { channels: ['latest', 'production'] }),
      node('left', 1),
      node('right', 1, { name: 'v0', status: 'VERSION_INCOMPLETE' }),
      node('top', 2, { status: 'VERSION_REVOKED' }),
      node('over', 3),
      node('root', -1),
    ],
    edges: [
      edge('base', 'left', { channel_name: 'production', status: 'OUT_OF_DATE' }),
      edge('base', 'right', { kind: 'OBSERVED' }),
      edge('left', 'top'),
      edge('right', 'top'),
      edge('top', 'over'),
      edge('root', 'base'),
    ],
    whole: true,
  }
  expect(text(graph)).toBe(
    `base v1 was built from:

  base v1      latest, production
  └─ root v1

base v1 went into:

  base v1            latest, production
  ├─ left v1         through production out of date
  │  └─ top v1       revoked
  │     └─ over v1
  └─ right f-right   incomplete   seen
     └─ top v1       revoked   as above`,
  )
})

it('counts versions without relatives, and says when it is not all', () => {
  expect(text({ nodes: [node('base', 0)], edges: [], whole: false })).toMatch(
    /1 version of base without relatives.*more than can be shown/s,
  )
  expect(text({ nodes: [], edges: [], whole: true })).toContain('no versions yet')
})
