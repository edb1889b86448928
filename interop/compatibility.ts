import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Result, results } from './results.ts'
import { everyPackerVersion } from './toolchain/programs.ts'

/*
 * Writes docs/compatibility.md from what the runs of this suite showed, and nothing else:
 * node interop/compatibility.ts
 */

const page = join(import.meta.dirname, '..', 'docs', 'compatibility.md')
writeFileSync(page, compatibilityPage(results()))

function compatibilityPage(seen: readonly Result[]): string {
  const scenarios = [...new Set(seen.map(({ scenario }) => scenario))].sort()
  const header = ['scenario', ...everyPackerVersion]
  const rows = scenarios.map((scenario) => [
    `[\`${scenario}\`](../interop/scenarios/${scenario}.ts)`,
    ...everyPackerVersion.map((version) => cell(seen, scenario, version)),
  ])
  return [
    '# Which packer works',
    '',
    'Written by `node interop/compatibility.ts` after `npm run interop`: what the unmodified releases of packer did in the',
    'last run of each scenario, as passed tests. A dash: not tried with that release, because the scenario asks about',
    'something else or an interface that it does not speak. [What each scenario proves](../interop/README.md#what-it-proves).',
    '',
    row(header),
    row(header.map(() => '---')),
    ...rows.map(row),
    '',
  ].join('\n')
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function cell(seen: readonly Result[], scenario: string, version: string): string {
  const result = seen.find((each) => each.scenario === scenario && each.client === `packer ${version}`)
  if (!result) return '–'
  const { passed, failed } = result
  return failed === 0 ? `${passed}` : `**${failed} of ${passed + failed} fail**`
}
