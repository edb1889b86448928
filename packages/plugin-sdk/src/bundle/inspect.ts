import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describePlugin, type PluginDescription } from '@ingot/plugin-rpc'
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
    const { name, plugins } = JSON.parse(await run('-e', printNames, file))
    if (plugins.length > 1) throw severalPlugins(entry, plugins)
    if (name === undefined) throw noPlugin(entry)
    const line = quotable(await run(file, 'describe'))
    return { name, line, description: await describePlugin(process.execPath, { args: [file] }) }
  })
}

/** Runs compiled code to its end and answers what it printed. */
export function runCode(code: string): Promise<string> {
  return withFile(code, (file) => run(file))
}

/** An error while importing, such as a name that Packer would not take, is told without its stack. */
const printNames = `
try {
  const { plugin, exported } = require(process.argv[1])
  process.stdout.write(JSON.stringify({ name: plugin?.builders ? plugin.name : undefined, plugins: exported() }))
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
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: INSPECT_TIMEOUT })
    return stdout.trim()
  } catch (error) {
    const { stderr = '', message } = error as Error & { readonly stderr?: string }
    throw new BundleError('does-not-start', `The bundle does not run: ${stderr.trim() || message}`, error)
  }
}

/** The header holds it between single quotes. */
function quotable(line: string): string {
  if (!line.includes("'")) return line
  throw new BundleError('does-not-start', `The description holds a single quote: ${line}`)
}
