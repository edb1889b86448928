import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { glob, isPattern } from './glob.ts'

/** A file that a template names is not there. */
export class FileMissingError extends Error {
  override readonly name = 'FileMissingError'
}

/** A file that goes onto a medium. */
export interface ListedFile {
  /** Where it is on the medium, with slashes. */
  readonly path: string
  /** Where it is here. */
  readonly source: string
}

/** Whether the slash at the end of a folder's path means what is in it, rather than the folder itself. */
export type TrailingSlash = 'content' | 'same'

/**
 * The files that a template's list names: files go to the root of the medium, folders with all that is in them. A list
 * may have wildcards.
 * @throws FileMissingError for a path without wildcards at which nothing is.
 */
export async function listedFiles(
  paths: readonly string[],
  trailingSlash: TrailingSlash,
): Promise<readonly ListedFile[]> {
  const listed: ListedFile[] = []
  for (const source of (await Promise.all(paths.map(matching))).flat()) {
    const isContent = trailingSlash === 'content' && /[/\\]$/.test(source)
    for await (const file of crawl(source, isContent ? '' : basename(source))) listed.push(file)
  }
  return listed
}

async function matching(path: string): Promise<readonly string[]> {
  const found = await glob(path)
  if (found.length > 0 || isPattern(path)) return found
  throw new FileMissingError(`There is no file ${path}`)
}

/** A link to a folder that it is in itself leads nowhere new. */
async function* crawl(
  source: string,
  path: string,
  around: readonly string[] = [],
): AsyncGenerator<ListedFile> {
  if (!(await stat(source)).isDirectory()) return yield { source, path }
  const real = await realpath(source)
  if (around.includes(real)) return
  for (const name of (await readdir(source)).sort()) {
    yield* crawl(join(source, name), path === '' ? name : `${path}/${name}`, [...around, real])
  }
}
