import type { Parameters } from 'fast-check'
import { vi } from 'vitest'

/** Seconds for which each property over hostile bytes is tried; without them it is tried a number of times. */
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 0)

if (seconds > 0) vi.setConfig({ testTimeout: seconds * 2_000 + 30_000 })

/** How often a property is tried, or for how long where `FUZZ_SECONDS` says so. */
export function fuzzing(numRuns: number): Parameters<unknown> {
  if (seconds === 0) return { numRuns }
  return { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1_000 }
}
