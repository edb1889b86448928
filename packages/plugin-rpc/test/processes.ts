import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Most of what a process of ours does until it serves is to read its sources; the next one reads them from here. */
process.env['NODE_COMPILE_CACHE'] ??= new URL(
  '../../../node_modules/.cache/plugin-rpc/',
  import.meta.url,
).pathname

export const pluginFile = new URL('./fixtures/plugin.ts', import.meta.url).pathname
export const hostFile = new URL('./fixtures/host.ts', import.meta.url).pathname

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a file with this Node, and nothing of this process's environment that means anything to plugins. */
export function launch(
  file: string,
  args: readonly string[],
  env: Record<string, string> = {},
): ChildProcessWithoutNullStreams {
  const { PACKER_PLUGIN_MAGIC_COOKIE: _, ...own } = process.env
  return spawn(process.execPath, [file, ...args], { env: { ...own, ...env } })
}

export function finished(child: ChildProcessWithoutNullStreams): Promise<Finished> {
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}

/** The first line that a process prints. */
export function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve) => {
    let printed = ''
    child.stdout.on('data', (chunk) => {
      printed += chunk
      if (printed.includes('\n')) resolve(printed.split('\n')[0]!)
    })
  })
}

/** Milliseconds until the process has ended, or undefined where it outlives the limit. */
export async function goneWithin(pid: number, limit: number): Promise<number | undefined> {
  const start = performance.now()
  while (performance.now() - start < limit) {
    if (!alive(pid)) return performance.now() - start
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return undefined
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // One that has ended is still listed until the system has collected it.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch (error) {
    return (error as NodeJS.ErrnoException).path !== undefined && process.platform !== 'linux'
  }
}
