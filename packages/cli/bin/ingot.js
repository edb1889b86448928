#!/usr/bin/env node
// The command runs from its TypeScript source, which needs Node 24: on an older one it starts the repository's own.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

if (Number(process.versions.node.split('.')[0]) < 24) onPinnedNode()
else await run()

async function run() {
  // Keeps the stripped and compiled sources between runs, which halves the time to the first line.
  module.enableCompileCache()
  await import('../src/main.ts')
}

function onPinnedNode() {
  const pinned = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url))
  if (!existsSync(pinned)) {
    console.error(
      `ingot needs Node 24 and runs on ${process.version}. Run "npm install" in its folder first.`,
    )
    process.exit(1)
  }
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)))
}
