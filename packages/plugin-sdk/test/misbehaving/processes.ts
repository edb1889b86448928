import { readFileSync } from 'node:fs'

/** Whether a process ends, or has ended, within so many milliseconds. */
export async function endsWithin(pid: number, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds
  while (performance.now() < end) {
    if (!runs(pid)) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}

/** The most memory that a process had, in bytes; Linux only. */
export function peakMemory(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
  return Number(kilobytes) * 1024
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // One that has ended is still listed until the system has collected it.
    return process.platform !== 'linux' || !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
