import pc from 'picocolors'
import { width } from './table.ts'

/** A line of a tree, what is told of it, and what hangs below it. */
export interface Branch {
  readonly label: string
  /** Each in a line of its own, in a column beside the tree. */
  readonly notes: readonly string[]
  readonly children: readonly Branch[]
}

/** A tree with its notes in one column; two spaces before each line. */
export function treeText(root: Branch): string {
  const lines = linesOf(root, '', '')
  const wide = Math.max(...lines.map(({ text }) => width(text)))
  return lines
    .map(({ text, note }) =>
      `  ${text}${note ? `${' '.repeat(wide - width(text))}   ${note}` : ''}`.trimEnd(),
    )
    .join('\n')
}

interface Line {
  readonly text: string
  readonly note: string
}

/** The branch after `lead`; what follows below it starts with `below`. */
function linesOf({ label, notes, children }: Branch, lead: string, below: string): Line[] {
  const [first = '', ...more] = notes
  const stem = children.length > 0 ? '│' : ''
  return [
    { text: `${pc.dim(lead)}${label}`, note: first },
    ...more.map((note) => ({ text: pc.dim(`${below}${stem}`), note })),
    ...children.flatMap((child, index) => {
      const last = index === children.length - 1
      return linesOf(child, `${below}${last ? '└─ ' : '├─ '}`, `${below}${last ? '   ' : '│  '}`)
    }),
  ]
}
