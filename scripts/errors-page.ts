import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { refusals } from '@ingot/registry-api'

/** Parameters of messages that are lists. */
const lists = new Set(['allowed', 'buckets', 'channels', 'columns', 'known', 'pending'])

/** What stands in a message where a request's own words will be. */
const placeholders: Readonly<Record<string, unknown>> = new Proxy(
  {},
  { get: (_, name) => (lists.has(String(name)) ? [`‹${String(name)}›`] : `‹${String(name)}›`) },
)

const intro = `# Errors

Everything that the registry refuses, from the table in \`packages/registry-api/src/refusals.ts\`. The message is what a user of
\`packer\` reads. On the wire it is \`{"code": …, "message": …, "details": []}\`; the token endpoint answers
\`{"error": …, "error_description": …}\` with the same text. Written by \`node scripts/errors-page.ts --write\`.
`

/** The page of errors as the table of refusals says it. */
export function errorsPage(): string {
  const rows = Object.entries(refusals).map(([name, { grpc, http, message }]) => {
    const text = (message as (facts: unknown) => string)(placeholders).trim()
    return `| \`${name}\` | ${grpc} | ${http} | ${text.replaceAll('|', '\\|')} |`
  })
  return [intro, '| refusal | code | HTTP | message |', '|---|---|---|---|', ...rows, ''].join('\n')
}

/** The page as it is in the tree. */
export function storedErrorsPage(): string {
  return readFileSync(page, 'utf8')
}

const page = fileURLToPath(new URL('../docs/errors.md', import.meta.url))

if (process.argv.includes('--write')) writeFileSync(page, errorsPage())
