import { stripVTControlCharacters } from 'node:util'
import pc from 'picocolors'

/** Rows under their headings, columns as wide as their widest cell; for people. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(...[heading, ...rows.map((row) => row[column] ?? '')].map(width)),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell + ' '.repeat(widths[column]! - width(cell)))
      .join('  ')
      .trimEnd()
  return [pc.bold(line(headings)), ...rows.map(line)].join('\n')
}

/** Columns that a text takes, without what colours it. */
export function width(cell: string): number {
  return stripVTControlCharacters(cell).length
}
