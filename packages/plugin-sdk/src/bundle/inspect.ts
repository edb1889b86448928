import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describePlugin, type PluginDescription } from '@ingot/plugin-rpc'
import type { DocsPage } from '../docs/render-plugin-docs.ts'
import { BundleError, noPlugin, severalPlugins } from './bundle-error.ts'

/** How long a bundle may take to say what it is, in milliseconds. */
const INSPECT_TIMEOUT = 20_000

export interface Inspected {
  readonly name: string
  /** The line that it answers to `describe`. */
  readonly line: string
  /** What the line says. */
  readonly description: PluginDescription
}

/** Runs the plugin, compiled from an entry, to hear its name and description. */
export function inspect(code: string, entry: string): Promise<Inspected> {
  return withFile(code, async (file) => {
    const { name } = await load(file, entry)
    const line = quotable(await run(file, 'describe'))
    return { name, line, description: await describePlugin(process.execPath, { args: [file] }) }
  })
}

/** Loads a plugin, compiled from an entry with {@link docsMain}, to hear its documentation. */
export function documentation(code: string, entry: string): Promise<readonly DocsPage[]> {
  return withFile(code, async (file) => (await load(file, entry)).docs ?? [])
}

interface Loaded {
  readonly name: string
  readonly docs?: readonly DocsPage[]
}

/** What a plugin prints while it is loaded does not get into the answer. */
async function load(file: string, entry: string): Promise<Loaded> {
  const into = `${file}.json`
  await run('-e', answer, file, into)
  const text = await readFile(into, 'utf8').catch(() => undefined)
  if (text === undefined)
    throw doesNotStart('it ended while it was loaded; importing a plugin must start nothing')
  const { name, docs, plugins } = JSON.parse(text)
  if (plugins.length > 1) throw severalPlugins(entry, plugins)
  if (name === undefined) throw noPlugin(entry)
  return { name, docs }
}

/** An error while importing, such as a name that Packer would not take, is told without its stack. */
const answer = `
try {
  const { plugin, exported, docs } = require(process.argv[1])
  const about = plugin?.builders ? { name: plugin.name, docs: docs?.() } : {}
  require('fs').writeFileSync(process.argv[2], JSON.stringify({ ...about, plugins: exported() }))
  process.exit(0)
} catch (error) { console.error(error?.message ?? error); process.exit(1) }`

async function withFile<Result>(code: string, use: (file: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'ingot-bundle-'))
  try {
    const file = join(folder, 'plugin.cjs')
    await writeFile(file, code)
    return await use(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function run(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: '' }
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: INSPECT_TIMEOUT, env })
    return stdout.trim()
  } catch (error) {
    const {
      stderr = '',
      message,
      killed,
    } = error as Error & { readonly stderr?: string; readonly killed?: boolean }
    const late = `it did not answer within ${INSPECT_TIMEOUT / 1000} seconds`
    throw doesNotStart(killed ? late : stderr.trim() || message, error)
  }
}

/** The header holds it between single quotes. */
function quotable(line: string): string {
  if (!line.startsWith('{') || line.includes('\n'))
    throw doesNotStart(
      `it prints while it is loaded, where Packer expects its description alone: ${line.split('\n', 1)[0]}`,
    )
  if (line.includes("'")) throw doesNotStart(`the description holds a single quote: ${line}`)
  return line
}

function doesNotStart(reason: string, cause?: unknown): BundleError {
  return new BundleError('does-not-start', `The bundle does not run: ${reason}`, cause)
}
