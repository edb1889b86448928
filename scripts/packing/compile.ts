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
  declarationsIn(out).forEach(nameCompiledModules)
}

function declarationsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
}

/** The compiler leaves `./x.ts` in declarations, where other compilers look for `./x.js`. */
function nameCompiledModules(file: string): void {
  const text = readFileSync(file, 'utf8')
  const rewritten = text.replace(/((?:from|import\()\s*['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2')
  if (rewritten !== text) writeFileSync(file, rewritten)
}
