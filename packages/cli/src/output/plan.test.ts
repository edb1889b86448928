import { stripVTControlCharacters } from 'node:util'
import type { Graph, RevocationPlan } from '@ingot/client'
import { expect, it } from 'vitest'
import { planText } from './plan.ts'

const version = (bucket_name: string, name: string) => ({
  ...{ version_id: `${bucket_name}-${name}`, bucket_name, name, fingerprint: `f-${name}`, revoked: false },
})
const side = (name: string) => ({ name, fingerprint: `f-${name}` })
const plan: RevocationPlan = {
  id: 'plan_1',
  version: version('base', 'v12'),
  revoke_at: '2026-01-01T00:00:00Z',
  descendants: [version('web', 'v40'), version('worker', 'v7'), version('shop', 'v1')],
  descendant_count: 3,
  channels: [
    { bucket_name: 'web', channel_name: 'production', from: side('v40'), to: side('v39') },
    { bucket_name: 'worker', channel_name: 'production', from: side('v7'), to: null },
  ],
  channel_count: 2,
}
const edge = (parent_id: string, child_id: string) => ({
  ...({ parent_id, child_id, kind: 'DECLARED', channel_name: '', status: 'UNDETERMINED' } as const),
})
const node = (bucket_name: string, name: string, depth: number) => ({
  ...{ version_id: `${bucket_name}-${name}`, bucket_name, name, fingerprint: `f-${name}`, depth },
  ...({ status: 'VERSION_ACTIVE', channels: [], created_at: '2026-01-01T00:00:00Z' } as const),
})
const graph: Graph = {
  nodes: [node('base', 'v12', 0), node('web', 'v40', 1), node('worker', 'v7', 1), node('shop', 'v1', 2)],
  edges: [
    edge('web-v40', 'shop-v1'),
    edge('worker-v7', 'shop-v1'),
    edge('base-v12', 'web-v40'),
    edge('base-v12', 'worker-v7'),
  ],
  whole: true,
}
const text = (...args: Parameters<typeof planText>) => stripVTControlCharacters(planText(...args))

it('shows each version once, with the channels that move beside it', () => {
  expect(text(plan, { graph, tense: 'would' })).toBe(
    `base v12 and 3 descendants would be revoked, 2 channels would move:

  base v12
  ├─ web v40      channel production → v39
  │  └─ shop v1
  └─ worker v7    channel production → empty   nothing older is left`,
  )
})

it('shows all of them without a graph too, and says how many it leaves out', () => {
  const long = text({ ...plan, descendant_count: 2003 }, { graph: undefined, tense: 'done' })
  expect(long).toContain('and 2003 descendants are revoked, 2 channels have moved')
  for (const name of ['web v40', 'worker v7', 'shop v1']) expect(long).toContain(`─ ${name}`)
  expect(long).toContain('and 2000 versions more')
})

it('says when, where it lies ahead', () => {
  const alone = { ...plan, descendants: [], descendant_count: 0, channels: [], channel_count: 0 }
  const later = text({ ...alone, revoke_at: '2999-01-01T00:00:00Z' }, { graph: undefined, tense: 'would' })
  expect(later).toContain('base v12 would be revoked at 2999-01-01 00:00Z, channels move then')
})
