import type { Graph } from '@ingot/client'
import pc from 'picocolors'
import { grouped } from './grouped.ts'
import { type Branch, treeText } from './tree.ts'
import { counted, statusWord, versionWord } from './words.ts'

type Node = Graph['nodes'][number]
type Edge = Graph['edges'][number]

/** A version's relatives in one direction, by the version's id. */
interface Relatives {
  readonly nodes: ReadonlyMap<string, Node>
  readonly edges: ReadonlyMap<string, readonly { readonly to: string; readonly edge: Edge }[]>
}

/** Graphs for people: a tree for each version that it starts with, up and down. */
export function graphText(bucket: string, graph: Graph): string {
  const starts = graph.nodes.filter(({ depth }) => depth === 0)
  if (starts.length === 0) return `${bucket} has no versions yet.`
  const texts = starts.flatMap((start) => startText(start, graph))
  const alone = starts.length - starts.filter((start) => hasRelatives(start, graph)).length
  const rest = alone === 0 ? [] : [`${counted(alone, 'version')} of ${bucket} without relatives.`]
  const cut = graph.whole ? [] : ['There is more than can be shown: start at one version, or use --depth.']
  return [...texts, ...rest, ...cut].join('\n\n')
}

function hasRelatives({ version_id: id }: Node, { edges }: Graph): boolean {
  return edges.some(({ parent_id, child_id }) => parent_id === id || child_id === id)
}

function startText(start: Node, { nodes, edges }: Graph): string[] {
  const byId = new Map(nodes.map((node) => [node.version_id, node]))
  const up = relativesOf(
    edges,
    ({ child_id }) => child_id,
    ({ parent_id }) => parent_id,
  )
  const down = relativesOf(
    edges,
    ({ parent_id }) => parent_id,
    ({ child_id }) => child_id,
  )
  const sections = [
    ['was built from', up],
    ['went into', down],
  ] as const
  return sections.flatMap(([words, way]) => {
    if (!way.has(start.version_id)) return []
    const root = branch(start, undefined, { relatives: { nodes: byId, edges: way }, shown: new Set() })
    return `${named(start)} ${words}:\n\n${treeText(root)}`
  })
}

function relativesOf(edges: readonly Edge[], from: (edge: Edge) => string, to: (edge: Edge) => string) {
  const rows = edges.map((edge) => ({ from: from(edge), to: to(edge), edge }))
  return grouped(rows, (row) => row.from)
}

interface Drawing {
  readonly relatives: Relatives
  /** What is in the tree already: its own branches are drawn once. */
  readonly shown: Set<string>
}

function branch(node: Node, edge: Edge | undefined, drawing: Drawing): Branch {
  const { relatives, shown } = drawing
  const next = relatives.edges.get(node.version_id) ?? []
  const again = shown.has(node.version_id) && next.length > 0
  shown.add(node.version_id)
  const children = again
    ? []
    : [...new Map(next.map((each) => [each.to, each])).values()].flatMap(({ to, edge: further }) => {
        const child = relatives.nodes.get(to)
        return child ? branch(child, further, drawing) : []
      })
  const note = [nodeNote(node), edge && edgeNote(edge), again ? pc.dim('as above') : ''].filter(Boolean)
  return { label: named(node), notes: note.length > 0 ? [note.join('   ')] : [], children }
}

function named(node: Node): string {
  return `${node.bucket_name} ${versionWord(node)}`
}

function nodeNote({ channels, status }: Node): string {
  const state = status === 'VERSION_ACTIVE' ? '' : statusWord(status)
  return [channels.join(', '), state].filter((part) => part !== '').join('   ')
}

function edgeNote({ kind, channel_name, status }: Edge): string {
  const seen = kind === 'OBSERVED' ? pc.dim('seen') : ''
  const via = channel_name ? pc.dim(`through ${channel_name}`) : ''
  const behind = status === 'OUT_OF_DATE' ? statusWord(status) : ''
  return [via, seen, behind].filter((part) => part !== '').join(' ')
}
