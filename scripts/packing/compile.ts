import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * Compiles the sources of all packages to JavaScript for Node 20 with their declarations, as `out/packages/NAME/src`:
 * Node strips no types below `node_modules`. Types are checked elsewhere.
 */
export function compilePackages(root: string, out: string): void {
  const config = join(out, 'tsconfig.json')
  const packages = join(root, 'packages')
  const compilerOptions = {
    noEmit: false,
    noCheck: true,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    target: 'es2022',
    rootDir: root,
    outDir: out,
    typeRoots: [join(root, 'node_modules', '@types')],
  }
  const include = [join(packages, '*', 'src')]
  const exclude = [join(packages, '**', '*.test.ts'), join(packages, '*', 'templates')]
  const extending = join(root, 'tsconfig.json')
  writeFileSync(config, JSON.stringify({ extends: extending, compilerOptions, include, exclude }))
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
  execFileSync(process.execPath, [join(typescript, 'bin', 'tsc'), '-p', config], { stdio: ['ignore', 2, 2] })
  for (const file of filesIn(out, '.d.ts')) nameCompiled(file, importsIn)
  for (const file of filesIn(out, '.js')) nameCompiled(file, urlsIn)
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
}

const importsIn = /((?:from|import\()\s*['"]\.{1,2}\/[^'"]+)\.ts(['"])/g
const urlsIn = /(new URL\(['"]\.{1,2}\/[^'"]+)\.ts(['"], import\.meta\.url\))/g

/** The compiler leaves `./x.ts` in declarations, and where a module is named by its URL, as a worker's. */
function nameCompiled(file: string, modules: RegExp): void {
  const text = readFileSync(file, 'utf8')
  const rewritten = text.replace(modules, '$1.js$2')
  if (rewritten !== text) writeFileSync(file, rewritten)
}
