import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** The processes below one, nearest first, as they are now. Processes that have lost their parent are not found. */
export async function descendantsOf(pid: number): Promise<readonly number[]> {
  const parents = process.platform === 'linux' ? await parentsFromProc() : await parentsFromPs()
  const found: number[] = []
  for (let generation = [pid]; generation.length > 0; ) {
    const children = [...parents].filter(
      ([child, parent]) => generation.includes(parent) && !found.includes(child),
    )
    generation = children.map(([child]) => child)
    found.push(...generation)
  }
  return found
}

type Parents = ReadonlyMap<number, number>

/** Linux has it in files, so that nothing needs to be installed. A process that ends meanwhile has no parent any more. */
async function parentsFromProc(): Promise<Parents> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const pairs = await Promise.all(pids.map(async (pid) => [Number(pid), await parentOf(pid)] as const))
  return new Map(pairs.filter(([, parent]) => parent > 0))
}

/** The name, which stands in parentheses before the parent, may hold anything. */
async function parentOf(pid: string): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)
}

/** Where neither is there, as on Windows, no children are known. */
async function parentsFromPs(): Promise<Parents> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']).catch(() => ({ stdout: '' }))
  const lines = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number))
  return new Map(lines.flatMap(([pid, parent]) => (pid && parent ? [[pid, parent] as const] : [])))
}
