import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const packageFolder = join(import.meta.dirname, '..')
const sourceFolder = join(packageFolder, 'src')
const sources = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'index.ts')
  .map((file) => readFileSync(join(sourceFolder, file), 'utf8'))
  .join('\n')
const examples = promised().map((name): [string, string | undefined] => [name, exampleOf(name)])

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-examples-'))
  mkdirSync(join(folder, 'node_modules', '@ingot'), { recursive: true })
  symlinkSync(packageFolder, join(folder, 'node_modules', '@ingot', 'image'), 'dir')
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(compilerConfig()))
  for (const [i, [, example]] of examples.entries())
    writeFileSync(join(folder, `${i}.ts`), program(example ?? ''))
  writeFileSync(
    join(folder, 'all.ts'),
    [...examples.keys()].map((name) => `import './${name}.ts'\n`).join(''),
  )
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(examples)('%s is documented with an example', (_, example) => {
  expect(example).toContain("from '@ingot/image'")
})

test('every example compiles', () => {
  run(
    join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc'),
    '-p',
    folder,
  )
})

test('every example does what its arrows say', () => {
  run(join(folder, 'all.ts'))
  expect(sources).toContain('// → ')
})

/** The names that the package's index exports. */
function promised(): string[] {
  const index = readFileSync(join(sourceFolder, 'index.ts'), 'utf8')
  const lists = [...index.matchAll(/export (?:type )?\{([^}]+)\}/g)].map(([, names]) => names!)
  return lists
    .join(',')
    .split(',')
    .map((name) => name.replace(/\btype\b/, '').trim())
    .filter(Boolean)
}

function exampleOf(name: string): string | undefined {
  const declaration = new RegExp(
    String.raw`/\*\*((?:(?!\*/)[^])*)\*/\n(?://[^\n]*\n)*export (?:class|const|function|interface|type) ${name}\b`,
  )
  const [, comment = ''] = declaration.exec(sources) ?? []
  const [, example] = comment.replace(/^ \* ?/gm, '').split('@example\n')
  return example
}

/** The example as a program: `expression // → value`, on one line or the arrow on the next, becomes an assertion. */
function program(example: string): string {
  const asserted = example
    .replaceAll('\n// → ', ' // → ')
    .replace(/^(.+?) \/\/ → (.+)$/gm, (_, expression, value) => `assert.deepEqual(${expression}, ${value})`)
  return `import assert from 'node:assert/strict'\n${asserted}\nassert.ok(true)\n`
}

function compilerConfig(): unknown {
  const root = join(packageFolder, '..', '..')
  const typeRoots = [join(root, 'node_modules', '@types')]
  return {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { typeRoots },
    include: ['*.ts'],
    exclude: [],
  }
}

function run(...command: string[]): void {
  try {
    execFileSync(process.execPath, command, { encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    expect.fail(`${stdout}\n${stderr}`)
  }
}
