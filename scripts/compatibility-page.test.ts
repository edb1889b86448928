import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Result, results } from '../interop/results.ts'
import { compatibilityPage, storedCompatibilityPage } from './compatibility-page.ts'

const seen: Result = {
  client: 'packer',
  version: '1.9.4',
  scenario: 'child',
  passed: 2,
  failed: 0,
  on: '2026-01-02',
}

it('docs/compatibility.md says what the recorded runs showed', () => {
  expect(storedCompatibilityPage()).toBe(compatibilityPage())
})

it('every recorded scenario is one that there is', () => {
  const scenarios = new Set(results().map(({ scenario }) => scenario))
  const file = (scenario: string) => join(import.meta.dirname, '..', 'interop', 'scenarios', `${scenario}.ts`)
  expect([...scenarios].filter((scenario) => !existsSync(file(scenario)))).toEqual([])
})

it('claims nothing that no run showed, and hides no failure', () => {
  const page = compatibilityPage([
    seen,
    { ...seen, version: '1.16.0', passed: 1, failed: 1 },
    { ...seen, scenario: 'publish', on: '2026-01-03' },
  ])
  expect(page).toContain('| scenario | 1.16.0 | 1.9.4 | tried on |')
  expect(page).toContain('ts) | **1 of 2 fail** | 2 | 2026-01-02 |')
  expect(page).toContain('ts) | – | 2 | 2026-01-03 |')
  expect(page).not.toContain('hcp-sdk-go`')
})
