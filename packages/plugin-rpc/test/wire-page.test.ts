import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const page = readFileSync(new URL('../../../docs/wire/plugin-protocol.md', import.meta.url), 'utf8')
const rows = [...page.matchAll(/^\| (?<what>[^|]+) \| (?<title>[^|]+) \| `(?<file>[^`|]+)` \|$/gm)].map(
  ({ groups }) => groups as { readonly what: string; readonly title: string; readonly file: string },
)

it('the page on the wire names tests', () => {
  expect(rows.length).toBeGreaterThan(40)
})

it.each(rows)('the page on the wire names a test that is there: $what', ({ title, file }) => {
  const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
  expect([`'${title}'`, `"${title}"`].some((quoted) => source.includes(quoted))).toBe(true)
})
