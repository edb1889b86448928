import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** How the runs of one scenario with one client ended. */
export interface Result {
  /** As `packer` or `hcp-sdk-go`. */
  readonly client: string
  /** Its release, as `1.16.0`. */
  readonly version: string
  /** The name of its file in `scenarios/`. */
  readonly scenario: string
  readonly passed: number
  readonly failed: number
  /** The day when this was seen, as in `2026-01-02`. */
  readonly on: string
}

const file = join(import.meta.dirname, 'results.json')

/** What the last recorded run of each scenario with each client showed. */
export function results(): readonly Result[] {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

/** Keeps what a run showed, in place of what an earlier one did. */
export function recordResults(report: VitestReport, now: Date): void {
  const seen = resultsOf(report, now)
  const repeated = new Set(seen.map(keyOf))
  const kept = results().filter((old) => !repeated.has(keyOf(old)))
  const all = [...kept, ...seen].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  writeFileSync(file, `${JSON.stringify(all, undefined, 2)}\n`)
}

function keyOf({ client, version, scenario }: Omit<Result, 'passed' | 'failed' | 'on'>): string {
  return `${client} ${scenario} ${version}`
}

/** The part of vitest's JSON report that is read. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/** Tests name their client: `packer 1.16.0`. Those that name none say nothing of one. */
const named = /(?<client>packer|hcp-sdk-go|terraform-provider-hcp) (?<version>\d+\.\d+\.\d+)/

function resultsOf({ testResults }: VitestReport, now: Date): Result[] {
  const found = new Map<string, Result>()
  for (const { name, assertionResults } of testResults) {
    const scenario = basename(name, '.ts')
    for (const { fullName, status } of assertionResults) {
      const { client, version } = named.exec(fullName)?.groups ?? {}
      if (!client || !version || !(status === 'passed' || status === 'failed')) continue
      const key = keyOf({ client, version, scenario })
      const on = now.toISOString().slice(0, 10)
      const before = found.get(key) ?? { client, version, scenario, passed: 0, failed: 0, on }
      found.set(key, { ...before, [status]: before[status] + 1 })
    }
  }
  return [...found.values()]
}
