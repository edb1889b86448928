import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BundleError, noPlugin } from './bundle-error.ts'

/** How long a bundle may take to say what it is, in milliseconds. */
const INSPECT_TIMEOUT = 20_000

export interface Inspected {
  readonly name: string
  /** The line that it answers to `describe`. */
  readonly description: string
}

/** Runs the plugin, compiled from an entry, to hear its name and description. */
export async function inspect(code: string, entry: string): Promise<Inspected> {
  const folder = await mkdtemp(join(tmpdir(), 'ingot-bundle-'))
  try {
    const file = join(folder, 'plugin.cjs')
    await writeFile(file, code)
    const name = await run('-e', printName, file)
    if (name === '') throw noPlugin(entry)
    const description = await run(file, 'describe')
    return { name, description: quotable(description) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** An error while importing, such as a name that Packer would not take, is told without its stack. */
const printName = `
try { const { name, builders } = require(process.argv[1]).plugin; process.stdout.write(builders ? name : '') }
catch (error) { console.error(error.message); process.exit(1) }`

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
function quotable(description: string): string {
  if (!description.includes("'")) return description
  throw new BundleError('does-not-start', `The description holds a single quote: ${description}`)
}
