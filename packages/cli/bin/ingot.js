#!/usr/bin/env node
// In a clone the command runs from its TypeScript source, which needs Node 24, and so does a registry: on an older
// Node it starts one that is installed beside it, as the repository's is. As installed it runs on Node 20 too.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const compiled = new URL('../dist/main.js', import.meta.url)
const isCompiled = existsSync(compiled)
const newer = Number(process.versions.node.split('.')[0]) < 24 ? installedNode() : undefined

if (newer) runOn(newer)
else if (isCompiled || Number(process.versions.node.split('.')[0]) >= 24) await run()
else {
  console.error(`ingot needs Node 24 and runs on ${process.version}. Run "npm install" in its folder first.`)
  process.exit(1)
}

async function run() {
  // Keeps the stripped and compiled sources between runs, which halves the time to the first line.
  module.enableCompileCache?.()
  if (isCompiled) await import(compiled.href)
  else await import('../src/main.ts')
}

/** The program of the npm package `node`, where it is installed. */
function installedNode() {
  try {
    const manifest = module.createRequire(import.meta.url).resolve('node/package.json')
    const program = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(program) ? program : undefined
  } catch {
    return undefined
  }
}

function runOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)))
}
