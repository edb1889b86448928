import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type DocumentedFile, documentedCommands, documentedFiles } from './documented-code.ts'

const folder = 'docs/guide'

/** The pages of the author's guide, in their order. */
export const guidePages: readonly string[] = readdirSync(join(import.meta.dirname, '..', folder)).filter(
  (name) => name.endsWith('.md'),
)

/** What an author has who follows a page: the sources of the first one, with what this one puts in their place. */
export function guideFiles(page: string): DocumentedFile[] {
  const first = documentedFiles(`${folder}/${guidePages[0]}`).filter(({ name }) => name.startsWith('src/'))
  return [...first, ...documentedFiles(`${folder}/${page}`)]
}

/** What a page does with a plugin by command, but for what never ends. */
export function guideCommands(page: string): string[][] {
  return documentedCommands(`${folder}/${page}`, 'npx ingot plugin ')
}
