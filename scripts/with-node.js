// Runs a TypeScript file of this repository with the repository's own Node.
// Plain JavaScript without dependencies, so that the machine's Node 20 can start it on a fresh clone.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const pinned = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

if (!isInstalled()) install()
run()

/** Whether what lies in node_modules is what the lockfile says, whoever installed it. */
function isInstalled() {
  const installed = join(modules, '.package-lock.json')
  if (!existsSync(pinned) || !existsSync(installed)) return false
  const present = packagesOf(installed)
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, { version, optional }]) =>
      !path.startsWith('node_modules/') || optional || (present[path] && present[path].version === version),
  )
}

function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages
}

function install() {
  console.error('Installing the packages this repository needs (once, about half a minute) …')
  const npm = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (npm.status === 0) return
  console.error('The packages could not be installed. See what npm says above, and run the command again.')
  process.exit(npm.status ?? 1)
}

function run() {
  const env = {
    ...process.env,
    PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter),
    // Keeps stripped and compiled sources between runs.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache', 'node'),
  }
  const [file, ...rest] = process.argv.slice(2)
  const child = spawn(pinned, [file, ...rest], { stdio: 'inherit', env })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)))
}
