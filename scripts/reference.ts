import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

// Makes the reference of the packages as pages, into docs/reference/site:  npm run docs
// What makes it reads the sources with a TypeScript of its own, and is installed the first time.
const home = join(import.meta.dirname, '..', 'docs', 'reference')
const npm = ['ci', '--no-fund', '--no-audit', '--loglevel=error']
process.exitCode = existsSync(join(home, 'node_modules')) ? make() : run('npm', npm) || make()

function make(): number {
  const typedoc = createRequire(join(home, 'package.json')).resolve('typedoc')
  return run(process.execPath, [join(dirname(dirname(typedoc)), 'bin', 'typedoc')])
}

function run(file: string, args: readonly string[]): number {
  return spawnSync(file, args, { cwd: home, stdio: 'inherit' }).status ?? 1
}
