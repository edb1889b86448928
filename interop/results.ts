import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** How the runs of one scenario with one client ended. */
export interface Result {
  /** As `packer 1.16.0`. */
  readonly client: string
  /** The name of its file in `scenarios/`. */
  readonly scenario: string
  readonly passed: number
  readonly failed: number
  /** When this was seen, as in `2026-01-02T03:04:05.000Z`. */
  readonly at: string
}

const file = join(import.meta.dirname, '.cache', 'results.json')

/** What the last run of each scenario with each client showed. */
export function results(): readonly Result[] {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

/** Keeps what a run showed, in place of what an earlier one did. */
export function recordResults(report: VitestReport, now: Date): void {
  const seen = resultsOf(report, now)
  const isOld = (old: Result) =>
    !seen.some(({ client, scenario }) => client === old.client && scenario === old.scenario)
  writeFileSync(file, `${JSON.stringify([...results().filter(isOld), ...seen], undefined, 1)}\n`)
}

/** The part of vitest's JSON report that is read. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

function resultsOf({ testResults }: VitestReport, now: Date): Result[] {
  const found = new Map<string, Result>()
  for (const { name, assertionResults } of testResults) {
    const scenario = basename(name, '.ts')
    for (const { fullName, status } of assertionResults) {
      const [client] = /packer \d+\.\d+\.\d+/.exec(fullName) ?? []
      if (client === undefined || !(status === 'passed' || status === 'failed')) continue
      const key = `${client} ${scenario}`
      const before = found.get(key) ?? { client, scenario, passed: 0, failed: 0, at: now.toISOString() }
      found.set(key, { ...before, [status]: before[status] + 1 })
    }
  }
  return [...found.values()]
}
