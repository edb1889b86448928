#!/usr/bin/env node
// In a clone the command runs from its TypeScript source, which needs Node 24: on an older one it starts the
// repository's own. As installed it runs on Node 20 too.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const compiled = new URL('../dist/main.js', import.meta.url)
if (existsSync(compiled)) await import(compiled)
else if (Number(process.versions.node.split('.')[0]) >= 24) await import('../src/main.ts')
else onPinnedNode()

function onPinnedNode() {
  const pinned = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url))
  if (!existsSync(pinned)) {
    console.error(`This needs Node 24 and runs on ${process.version}. Run "npm install" in the clone first.`)
    process.exit(1)
  }
  const { status } = spawnSync(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, INGOT_AUTHORS_NODE: process.version },
  })
  process.exit(status ?? 1)
}
