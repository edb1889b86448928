import type { Graph, RevocationPlan } from '@ingot/client'
import pc from 'picocolors'
import { grouped } from './grouped.ts'
import { type Branch, treeText } from './tree.ts'
import { when } from './when.ts'
import { counted, versionWord } from './words.ts'

type Planned = RevocationPlan['version']
type Move = RevocationPlan['channels'][number]

/** What a plan is told with. */
export interface PlanWords {
  /** The descendants of the version; without it, they hang below it all. */
  readonly graph: Graph | undefined
  readonly tense: 'would' | 'done'
}

/** A revocation for people: what it touches as a tree, and the channels that move beside it. */
export function planText(plan: RevocationPlan, { graph, tense }: PlanWords): string {
  const cut = plan.descendant_count - plan.descendants.length
  return [
    `${headline(plan, tense)}:`,
    '',
    treeText(tree(plan, graph)),
    ...(cut > 0 ? [`  … and ${counted(cut, 'version')} more`] : []),
  ].join('\n')
}

function headline({ version, revoke_at, ...plan }: RevocationPlan, tense: PlanWords['tense']): string {
  const { descendant_count: below, channel_count: channels } = plan
  const many = below > 0
  const ahead = Date.parse(revoke_at) > Date.now() ? ` at ${when(revoke_at)}` : ''
  const [be, move] = {
    would: ['would be', 'would move'],
    done: [many ? 'are' : 'is', channels === 1 ? 'has moved' : 'have moved'],
  }[tense]
  const all = `${version.bucket_name} ${versionWord(version)}${many ? ` and ${counted(below, 'descendant')}` : ''}`
  const later = ahead ? ', channels move then' : `, ${counted(channels, 'channel')} ${move}`
  return `${all} ${be} ${ahead ? `revoked${ahead}` : 'revoked'}${later}`
}

/** The shortest way to each version, once; where there is no graph, all right below the start. */
function tree(plan: RevocationPlan, graph: Graph | undefined): Branch {
  const planned = new Map(plan.descendants.map((version) => [version.version_id, version]))
  const children = new Map<string, Planned[]>()
  const placed = new Set([plan.version.version_id])
  const place = (parent: string, child: Planned) => {
    placed.add(child.version_id)
    children.set(parent, [...(children.get(parent) ?? []), child])
  }
  const depths = new Map(graph?.nodes.map((node) => [node.version_id, node.depth]))
  const edges = (graph?.edges ?? []).toSorted(
    (a, b) => (depths.get(a.parent_id) ?? 0) - (depths.get(b.parent_id) ?? 0),
  )
  for (const { parent_id, child_id } of edges) {
    const child = planned.get(child_id)
    if (child && !placed.has(child_id)) place(parent_id, child)
  }
  for (const child of planned.values())
    if (!placed.has(child.version_id)) place(plan.version.version_id, child)
  const moves = grouped(plan.channels, ({ bucket_name, from }) => `${bucket_name} ${from.fingerprint}`)
  const branch = (version: Planned): Branch => ({
    label: `${version.bucket_name} ${versionWord(version)}${version.revoked ? pc.dim(' (revoked already)') : ''}`,
    notes: (moves.get(`${version.bucket_name} ${version.fingerprint}`) ?? []).map(moveNote),
    children: (children.get(version.version_id) ?? []).map(branch),
  })
  return branch(plan.version)
}

function moveNote({ channel_name, to }: Move): string {
  const where = to ? versionWord(to) : `empty   ${pc.dim('nothing older is left')}`
  return `channel ${channel_name} → ${where}`
}
