import { appendFileSync } from 'node:fs'

export interface Summary {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Adds a suite's counts to the file that `INGOT_SUMMARY` names, one JSON object a line; without it, nothing. */
export function writeSummary(summary: Summary): void {
  const file = process.env['INGOT_SUMMARY']
  if (file) appendFileSync(file, `${JSON.stringify(summary)}\n`)
}
