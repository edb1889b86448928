import { expect, test } from 'vitest'
import { config } from './config.ts'
import { renderConfigDocs } from './docs.ts'

test('a table of the fields, and one for each block', () => {
  const schema = config({
    source: config.string().required().doc('Directory\nto pack | or not.'),
    format: config.string().oneOf('tar', 'zip').default('tar'),
    regions: config.list(config.string()),
    token: config.string().sensitive().formerly('key'),
    compression: config.block({ level: config.number().default(6).between(1, 9) }).doc('How small.'),
  })
  expect(renderConfigDocs(schema)).toBe(`\
| Name | Type | Required | Default | Description |
|---|---|---|---|---|
| \`source\` | string | yes |  | Directory to pack \\| or not. |
| \`format\` | string | no | \`"tar"\` | Must be one of "tar", "zip". |
| \`regions\` | list of string | no |  |  |
| \`token\` | string | no |  | Sensitive: never shown. Formerly \`key\`. |
| \`compression\` | block | no |  | How small. |

### \`compression\`

| Name | Type | Required | Default | Description |
|---|---|---|---|---|
| \`level\` | number | no | \`6\` | Must be between 1 and 9. |
`)
})

test('nothing to configure is said', () => {
  expect(renderConfigDocs(config({}))).toBe('Nothing can be configured.\n')
})
