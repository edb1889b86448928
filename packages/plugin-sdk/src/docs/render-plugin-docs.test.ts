import { DEFAULT_COMPONENT } from '@ingot/plugin-rpc'
import { expect, test } from 'vitest'
import { defineBuilder } from '../builder/definition.ts'
import { config } from '../config/config.ts'
import { defineDatasource } from '../datasource/definition.ts'
import { definePlugin } from '../plugin/define-plugin.ts'
import { definePostProcessor } from '../post-processor/definition.ts'
import { defineProvisioner } from '../provisioner/definition.ts'
import { renderPluginDocs } from './render-plugin-docs.ts'

const image = defineBuilder({
  doc: 'Makes an image of {anything} <smaller> than `{{ .Size }}`.\nIt takes a while.\n\nMore of it.',
  config: config({
    source: config.string().required(),
    max_size: config.number().required(),
    fast: config.boolean(),
    disk: config.blocks({ size: config.number().required(), tags: config.map().required() }).required(),
  }),
  generates: ['Path'],
  images: 'none',
  run: () => undefined,
})
const iso = defineProvisioner({
  config: config(
    { url: config.string(), urls: config.list(config.string()), wait: config.duration().required() },
    { exactlyOne: [['urls', 'url']] },
  ),
  run: () => {},
})
const stamp = definePostProcessor({ config: config({}), run: () => undefined })
const latest = defineDatasource({
  config: config({}),
  output: config({ id: config.string() }),
  execute: () => ({}),
})
const plugin = definePlugin({
  name: 'box',
  version: '1.2.0-dev',
  builders: { image },
  provisioners: { iso },
  postProcessors: { [DEFAULT_COMPONENT]: stamp },
  datasources: { latest },
})
const pages = new Map(renderPluginDocs(plugin).map(({ path, content }) => [path, content]))

test('there is a page for each component, in the folder of its kind', () => {
  expect([...pages.keys()]).toEqual([
    'README.md',
    'builders/image.mdx',
    'provisioners/iso.mdx',
    'post-processors/box.mdx',
    'datasources/latest.mdx',
  ])
})

test('the first page lists them, and tells how to install where the source is known', () => {
  const first = pages.get('README.md')
  expect(first).toContain(
    '- [box-image](builders/image.mdx) - Makes an image of \\{anything} \\<smaller> than `{{ .Size }}`.\n',
  )
  expect(first).toContain('- [box](post-processors/box.mdx)\n')
  expect(first).not.toContain('required_plugins')
  const content = renderPluginDocs(plugin, { source: 'github.com/acme/box' })[0]!.content
  expect(content).toContain('source  = "github.com/acme/box"\n      version = ">= 1.2.0"')
})

test('a page has front matter, type, text, example, tables and build variables', () => {
  expect(pages.get('builders/image.mdx')).toBe(`\
---
# Made of the plugin by "ingot plugin docs": what is changed here is lost.
page_title: box-image - Builders
nav_title: box-image
description: "Makes an image of {anything} <smaller> than \`{{ .Size }}\`."
---

# box-image

Type: \`box-image\`

Makes an image of \\{anything} \\<smaller> than \`{{ .Size }}\`.
It takes a while.

More of it.

## Example

\`\`\`hcl
source "box-image" "example" {
  source   = "SOURCE"
  max_size = 1

  disk {
    size = 1
    tags = { key = "TAGS" }
  }
}
\`\`\`

## Configuration

| Name | Type | Required | Default | Description |
|---|---|---|---|---|
| \`source\` | string | yes |  |  |
| \`max_size\` | number | yes |  |  |
| \`fast\` | boolean | no |  |  |
| \`disk\` | block, repeatable | yes |  |  |

### \`disk\`

| Name | Type | Required | Default | Description |
|---|---|---|---|---|
| \`size\` | number | yes |  |  |
| \`tags\` | map of string | yes |  |  |

## Build variables

Provisioners and post-processors may read:

- \`build.Path\`
`)
})

test('an example has one of what excludes each other, and is empty where nothing must be given', () => {
  expect(pages.get('provisioners/iso.mdx')).toContain(
    'provisioner "box-iso" {\n  urls = ["URLS"]\n  wait = "5m"\n}\n',
  )
  expect(pages.get('post-processors/box.mdx')).toContain('post-processor "box" {}\n')
})

test('a data source has its output', () => {
  expect(pages.get('datasources/latest.mdx')).toMatch(
    /data "box-latest" "example" {}[\s\S]*## Output\n\n[\s\S]*`id`/,
  )
})
