import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Program } from './programs.ts'

const flags = ['-trimpath', '-buildvcs=false', '-ldflags', '-s -w']

/** Whether the program in the cache was built of these sources by this Go. */
export function isBuilt(program: Program, go: string): boolean {
  const stamp = stampOf(program)
  return (
    existsSync(program.binary) && existsSync(stamp) && readFileSync(stamp, 'utf8') === recipe(program, go)
  )
}

/** Builds a program into the cache; throws when Go refuses, with what Go said on this process's stderr. */
export async function build(program: Program, go: string): Promise<void> {
  mkdirSync(dirname(program.binary), { recursive: true })
  const { binary, main, modFile } = program
  const args = ['build', ...flags, ...(modFile ? ['-modfile', modFile] : []), '-o', binary, main]
  // -mod=readonly is Go's default: what go.sum does not know is refused, not fetched.
  const compiler = spawn('go', args, { cwd: program.module, stdio: ['ignore', 2, 2] })
  const status = await new Promise((resolve, reject) => compiler.on('exit', resolve).on('error', reject))
  if (status !== 0) throw new Error(`Go could not build ${program.name}; see what it says above.`)
  writeFileSync(stampOf(program), recipe(program, go))
}

function stampOf({ binary }: Program): string {
  return `${binary}.stamp`
}

/** Changes whenever the same build would give another program. */
function recipe({ module, main, modFile = 'go.mod' }: Program, go: string): string {
  const hash = createHash('sha256').update(JSON.stringify([go, flags, main]))
  const modules = [modFile, modFile.replace(/mod$/, 'sum')]
  for (const file of globSync([...modules, '**/*.go'], { cwd: module }).sort()) {
    hash.update(file).update(readFileSync(join(module, file)))
  }
  return hash.digest('hex')
}
