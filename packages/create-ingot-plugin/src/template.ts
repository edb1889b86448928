import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What stands for what in the files of a template: `__NAME__` and its like. */
export type Words = Readonly<Record<string, string>>

const templates = fileURLToPath(new URL('../templates', import.meta.url))

/** Writes the files of a template into a folder, and answers their names there. */
export function writeTemplate(template: string, folder: string, words: Words): string[] {
  const home = join(templates, template)
  if (!existsSync(home)) return []
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map((entry) => {
    const from = join(entry.parentPath, entry.name)
    const name = visible(from.slice(home.length + 1))
    const to = join(folder, name)
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, replaced(readFileSync(from, 'utf8'), words))
    return name
  })
}

/** npm leaves out or obeys names that begin with a dot, so templates begin them with an underscore. */
function visible(path: string): string {
  return path
    .split(sep)
    .map((part) => part.replace(/^_/, '.'))
    .join(sep)
}

function replaced(text: string, words: Words): string {
  return text.replace(/__([A-Z_]+?)__/g, (whole, word: string) => words[word] ?? whole)
}
