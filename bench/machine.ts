import { availableParallelism, cpus, loadavg } from 'node:os'

/** Where and beside what the figures were taken. */
export interface Machine {
  readonly cores: number
  readonly processor: string
  readonly node: string
  readonly platform: string
  readonly date: string
}

export function thisMachine(): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    date: new Date().toISOString(),
  }
}

/** Processes that ran or waited to run, on average over the last minute. */
export function load(): number {
  return loadavg()[0]!
}
