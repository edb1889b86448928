import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** Which packages of this repository a package may import: imports go down this table only. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  '@ingot/image': [],
  '@ingot/cty': [],
  '@ingot/plugin-rpc': ['@ingot/cty'],
  '@ingot/plugin-sdk': ['@ingot/image', '@ingot/cty', '@ingot/plugin-rpc'],
  '@ingot/registry-api': [],
  '@ingot/registry': ['@ingot/registry-api'],
  '@ingot/client': ['@ingot/registry-api'],
  '@ingot/engine': ['@ingot/image', '@ingot/cty', '@ingot/plugin-rpc', '@ingot/client'],
  'create-ingot-plugin': [],
  ingot: [
    '@ingot/image',
    '@ingot/cty',
    '@ingot/plugin-rpc',
    '@ingot/plugin-sdk',
    '@ingot/registry-api',
    '@ingot/registry',
    '@ingot/client',
    '@ingot/engine',
  ],
}

/** Folders of one package that must not import others of it: rules know no rows, rows know no wire. */
const folderRules = [
  { from: 'packages/registry/src/domain', never: ['store', 'http', 'auth', 'audit', 'tls'] },
  { from: 'packages/registry/src/store', never: ['http', 'auth', 'tls'] },
  { from: 'packages/registry/src/http', never: ['store'] },
  { from: 'packages/plugin-rpc/src/yamux', never: ['broker', 'net-rpc', 'services', 'plugin', 'host'] },
  { from: 'packages/plugin-rpc/src/services', never: ['plugin', 'host'] },
]

const importOf =
  /^\s*(?:import|export)\b[^'"]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

/** Every import that goes up the table, past an index, or across a folder rule, as one readable line. */
export function layerViolations(root: string): string[] {
  return readdirSync(join(root, 'packages')).flatMap((folder) => packageViolations(root, folder))
}

function packageViolations(root: string, folder: string): string[] {
  const home = join(root, 'packages', folder)
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  const allowed = mayImport[manifest.name]
  if (!allowed) return [`packages/${folder}: ${manifest.name} is not in the table of scripts/layers.ts`]
  return sources(join(home, 'src')).flatMap((file) => {
    const path = relative(root, file)
    return imports(file)
      .map((target) => violation({ file, path, home, target, allowed }))
      .filter((line) => line !== undefined)
  })
}

interface Import {
  readonly file: string
  readonly path: string
  readonly home: string
  readonly target: string
  readonly allowed: readonly string[]
}

function violation({ file, path, home, target, allowed }: Import): string | undefined {
  if (target.startsWith('.')) return relativeViolation(path, resolve(dirname(file), target), home)
  if (target !== 'ingot' && !target.startsWith('@ingot/')) return
  const [scope, name] = target.split('/')
  const named = name ? `${scope}/${name}` : scope!
  if (target !== named) return `${path} reaches past the index of ${named}: ${target}`
  // A test may use anything: it stands beside the code but is not shipped with it.
  if (!allowed.includes(named) && !/\.(test|fixture)\.ts$|\/test\//.test(path)) {
    return `${path} may not import ${named}`
  }
}

function relativeViolation(path: string, target: string, home: string): string | undefined {
  if (!target.startsWith(`${home}/`)) return `${path} leaves its package: ${target}`
  const rule = folderRules.find((each) => path.startsWith(`${each.from}/`))
  const forbidden = rule?.never.find((folder) => target.startsWith(join(home, 'src', folder)))
  if (forbidden && !path.endsWith('.test.ts')) return `${path} may not import from ${forbidden}/`
}

function imports(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(importOf)].map(
    (match) => (match[1] ?? match[2] ?? match[3])!,
  )
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
}
