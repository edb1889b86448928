import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { everyOperation, needsOf } from '@ingot/registry-api'

const intro = `# Operations

Everything that the registry serves, from the tables in \`packages/registry-api/src\`. A running registry hands out the same with
all schemas as an OpenAPI document at \`/ingot/v1/openapi.json\`. "Needs" is the least role with which
an operation is done, on the bucket, project or organization that it names. "Seen from" names the clients that were seen to call it.
What each may be refused for stands in the document as \`x-refuses\`, in the words of [errors.md](errors.md).
Written by \`node scripts/operations-page.ts --write\`.
`

const titles: Readonly<Record<string, string>> = {
  'packer-2023-01-01': "HCP Packer's interface of 2023-01-01, for packer 1.10 and later and Terraform",
  'packer-2022-12-02': "HCP Packer's interface of 2022-12-02",
  'packer-2021-04-30': "HCP Packer's interface of 2021-04-30, for packer 1.7 to 1.9",
  'resource-manager': 'Organizations, projects and who may do what there',
  iam: 'Service principals and their keys',
  'long-operations': 'Operations that clients wait for',
  oauth2: 'Tokens',
  platform: "Ingot's own",
}

/** The page of operations as the tables say it. */
export function operationsPage(): string {
  const planes = Map.groupBy(everyOperation, ({ plane }) => plane)
  const sections = [...planes].flatMap(([plane, operations]) => [
    `## ${titles[plane] ?? plane}`,
    '',
    '| operation | method | path | needs | seen from |',
    '|---|---|---|---|---|',
    ...operations
      .toSorted((a, b) => orderOf(a).localeCompare(orderOf(b), 'en'))
      .map(
        (operation) =>
          `| \`${operation.id}\` | ${operation.method} | \`${operation.path}\` | ${needsOf(operation)} | ${operation.seenFrom.join(', ')} |`,
      ),
    '',
  ])
  return [intro, ...sections].join('\n')
}

function orderOf({ path, method }: (typeof everyOperation)[number]): string {
  return `${path} ${method}`
}

/** The page as it is in the tree. */
export function storedOperationsPage(): string {
  return readFileSync(page, 'utf8')
}

const page = fileURLToPath(new URL('../docs/operations.md', import.meta.url))

if (process.argv.includes('--write')) writeFileSync(page, operationsPage())
