import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bundlePlugin } from '@ingot/plugin-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'

const home = join(import.meta.dirname, '..')
const root = join(home, '..', '..')
const readme = readFileSync(join(home, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, file, text]) => ({
  file,
  text,
}))
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-readme-'))
  mkdirSync(join(folder, 'src'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  for (const { file, text } of blocks) writeFileSync(join(folder, file!), text!)
})

afterAll(() => rmSync(folder, { recursive: true }))

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

test('the code of the readme compiles', () => {
  expect(blocks).toHaveLength(7)
  const compilerOptions = { typeRoots: [join(root, 'node_modules', '@types')] }
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: ['src'], exclude: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  expect(node(tsc, '-p', folder)).toBe('')
})

test.each(['src/builder.test.ts', 'src/others.test.ts'])('%s of the readme passes', (file) => {
  expect(node(file)).toBe('')
})

test('the plugin of the readme bundles', async () => {
  const bundle = await bundlePlugin({ entry: join(folder, 'src/plugin.ts'), outfile: `${folder}/dist/` })
  expect(bundle).toMatchObject({ name: 'copycat', description: { builders: ['image'], version: '1.0.0' } })
})
