import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compile } from './compile.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-addons-'))
  await mkdir(join(folder, 'node_modules/fast'), { recursive: true })
  await writeFile(join(folder, 'node_modules/fast/fast.node'), 'a library')
  await writeFile(
    join(folder, 'node_modules/fast/index.js'),
    `let add
     try { add = require('./fast.node') } catch { add = 'slow' }
     try { require('absent-and-optional') } catch { add += ' but sure' }
     module.exports = add`,
  )
})

afterEach(() => rm(folder, { recursive: true }))

test('a package that can do without its native add-on, or another package, does without', async () => {
  const entry = join(folder, 'entry.js')
  const code = await compile({ entry, main: `console.log(require('fast'))`, minify: false })
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', code])
  expect(stdout).toBe('slow but sure\n')
})

test('one that cannot says which it misses', async () => {
  const entry = join(folder, 'entry.js')
  const code = await compile({ entry, main: `require('./node_modules/fast/fast.node')`, minify: false })
  const running = promisify(execFile)(process.execPath, ['-e', code])
  await expect(running).rejects.toThrow('The native add-on fast.node is not part of the bundle')
})

test('the SSH client, for which native parts only save time, works in a bundle', async () => {
  const main = `console.log(require('ssh2').utils.generateKeyPairSync('ed25519').public.slice(0, 11))`
  const code = await compile({ entry: import.meta.filename, main, minify: true })
  const file = join(folder, 'ssh.cjs')
  await writeFile(file, code)
  const { stdout } = await promisify(execFile)(process.execPath, [file])
  expect(stdout).toBe('ssh-ed25519\n')
})
