import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Result, results } from '../interop/results.ts'

const intro = `# Which clients work

What unmodified clients did against Ingot in the last recorded run of each scenario, as the number of tests that passed. A dash: not
tried with that release, because the scenario asks about something else or an interface that it does not speak.
[What each scenario proves](../interop/README.md#what-it-proves). Written by \`node scripts/compatibility-page.ts --write\` from what
\`npm run interop -- --record\` kept in \`interop/results.json\`.
`

const titles: Readonly<Record<string, string>> = {
  packer: "HashiCorp's packer",
  'terraform-provider-hcp': "Terraform's provider `hcp`",
  'hcp-sdk-go': "HashiCorp's Go client `hcp-sdk-go`",
}

/** The page of clients as the recorded results say it. */
export function compatibilityPage(seen: readonly Result[] = results()): string {
  const clients = Map.groupBy(seen, ({ client }) => client)
  const sections = Object.entries(titles).flatMap(([client, title]) => {
    const own = clients.get(client)
    return own ? [`## ${title}`, '', ...table(own), ''] : []
  })
  return [intro, ...sections].join('\n')
}

function table(seen: readonly Result[]): string[] {
  const versions = [...new Set(seen.map(({ version }) => version))].sort(newestFirst)
  const scenarios = [...Map.groupBy(seen, ({ scenario }) => scenario)].sort(([a], [b]) => (a < b ? -1 : 1))
  const rows = scenarios.map(([scenario, own]) => [
    `[\`${scenario}\`](../interop/scenarios/${scenario}.ts)`,
    ...versions.map((version) => cell(own.find((each) => each.version === version))),
    own.map(({ on }) => on).sort()[0]!,
  ])
  return [['scenario', ...versions, 'tried on'], ['---', ...versions.map(() => '---'), '---'], ...rows].map(
    row,
  )
}

function newestFirst(a: string, b: string): number {
  return b.localeCompare(a, 'en', { numeric: true })
}

function cell(result: Result | undefined): string {
  if (!result) return '–'
  const { passed, failed } = result
  return failed === 0 ? `${passed}` : `**${failed} of ${passed + failed} fail**`
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** The page as it is in the tree. */
export function storedCompatibilityPage(): string {
  return readFileSync(page, 'utf8')
}

const page = fileURLToPath(new URL('../docs/compatibility.md', import.meta.url))

if (process.argv.includes('--write')) writeFileSync(page, compatibilityPage())
