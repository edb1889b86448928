import { readFileSync } from 'node:fs'
import { renderConfigDocs } from '@ingot/plugin-sdk'
import { expect, test } from 'vitest'
import { tarball } from './builder.ts'
import { exported } from './export.ts'
import { inventory } from './inventory.ts'
import { latest } from './latest.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test.each([
  ['config', tarball.definition.config],
  ['inventory', inventory.definition.config],
  ['export', exported.definition.config],
  ['latest', latest.definition.config],
])('the readme has the documentation of %s as the schema has it', (name, schema) => {
  expect(readme).toContain(`<!-- ${name} -->\n${renderConfigDocs(schema)}<!-- /${name} -->`)
})
