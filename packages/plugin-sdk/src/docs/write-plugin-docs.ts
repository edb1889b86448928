import { readdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { moduleAt } from '../bundle/bundle-plugin.ts'
import { compile } from '../bundle/compile.ts'
import { documentation } from '../bundle/inspect.ts'
import { docsMain } from '../bundle/main-module.ts'
import { writeWhole } from '../bundle/write-whole.ts'
import { sourceParts } from '../install/source-address.ts'
import { MADE } from './component-page.ts'
import { DocsError } from './docs-error.ts'
import type { DocsPage } from './render-plugin-docs.ts'

/** Of which plugin. */
export interface DocsOptions {
  /** Module that exports what `definePlugin` answered, as `plugin`. */
  readonly entry: string
  /** As in `required_plugins`: `github.com/acme/tarball`. With it the first page says how to install the plugin. */
  readonly source?: string
}

/** What became of the pages in a folder, or would. */
export interface DocsOutcome {
  readonly folder: string
  readonly pages: readonly string[]
  /** Those that were missing or not what the plugin says. */
  readonly changed: readonly string[]
  /** Those of components that are no more. */
  readonly removed: readonly string[]
}

/**
 * The pages of a plugin that is still to be compiled: see {@link renderPluginDocs}.
 * @throws BundleError for an entry that is no plugin, does not build or run.
 * @throws InstallError for a source that Packer would not take.
 */
export async function pluginDocs({ entry: module, source }: DocsOptions): Promise<readonly DocsPage[]> {
  if (source !== undefined) sourceParts(source)
  const entry = await moduleAt(module)
  const main = docsMain(entry, source === undefined ? {} : { source })
  return await documentation(await compile({ entry, main, minify: false }), entry)
}

/**
 * Writes the pages of a plugin into a folder, and takes away those of components that are no more. With `check` it
 * only tells what it would do. Files of yours in the folder stay.
 * @throws DocsError for a folder that cannot be written, besides what {@link pluginDocs} throws.
 *
 * @example
 * await writePluginDocs({ entry: 'src/plugin.ts', folder: 'docs' })
 */
export async function writePluginDocs(
  options: DocsOptions & { readonly folder: string; readonly check?: boolean },
): Promise<DocsOutcome> {
  const folder = resolve(options.folder)
  const pages = await pluginDocs(options)
  const changed = await filterAsync(
    pages,
    async ({ path, content }) => (await read(folder, path)) !== content,
  )
  const paths = pages.map(({ path }) => path)
  const removed = (await madePages(folder)).filter((path) => !paths.includes(path))
  if (!options.check) {
    for (const { path, content } of changed)
      await act(folder, path, (file) => writeWhole(file, content, 0o644))
    for (const path of removed) await act(folder, path, (file) => rm(file))
  }
  return { folder, pages: paths, changed: changed.map(({ path }) => path), removed }
}

/** The pages in a folder that were made of a plugin. */
async function madePages(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const pages = names.filter((name) => name.endsWith('.mdx'))
  const made = await filterAsync(pages, async (name) => ((await read(folder, name)) ?? '').includes(MADE))
  return made.map((name) => name.replaceAll('\\', '/')).sort()
}

async function read(folder: string, path: string): Promise<string | undefined> {
  return readFile(join(folder, path), 'utf8').catch(() => undefined)
}

async function filterAsync<Value>(
  values: readonly Value[],
  holds: (value: Value) => Promise<boolean>,
): Promise<Value[]> {
  const kept = await Promise.all(values.map(holds))
  return values.filter((_, index) => kept[index])
}

async function act(folder: string, path: string, change: (file: string) => Promise<void>): Promise<void> {
  const file = join(folder, path)
  try {
    await change(file)
  } catch (error) {
    throw new DocsError(
      `Cannot write ${file}: ${(error as Error).message}. Name a folder of yours with --out.`,
      {
        cause: error,
      },
    )
  }
}
