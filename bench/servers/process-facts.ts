import { readFileSync } from 'node:fs'
import { Skip } from '../figure.ts'

/** Milliseconds of one tick of the kernel's accounts, on every Linux that Node runs on. */
const tick = 10

/** Milliseconds of processor time that a process has used since it started. */
export function processorTime(pid: number): number {
  const fields = proc(pid, 'stat')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tick
}

/** Megabytes of memory that a process holds. */
export function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s*(\d+) kB/.exec(proc(pid, 'status'))![1]) / 1024
}

function proc(pid: number, file: string): string {
  if (process.platform !== 'linux') throw new Skip('only Linux tells what another process uses, in /proc')
  return readFileSync(`/proc/${pid}/${file}`, 'utf8')
}
