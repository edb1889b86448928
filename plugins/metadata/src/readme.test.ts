import { readFileSync } from 'node:fs'
import { renderConfigDocs } from '@ingot/plugin-sdk'
import { expect, test } from 'vitest'
import { settings } from './settings.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the readme has the documentation of the options as the schema has it', () => {
  expect(readme).toContain(`<!-- config -->\n${renderConfigDocs(settings)}<!-- /config -->`)
})
