import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Manifest, PublicPackage } from './public-packages.ts'

interface Staging {
  readonly root: string
  /** Where the compiled sources of all packages lie. */
  readonly compiled: string
  /** The folder to make. */
  readonly to: string
}

/** Lays out one package as it is published: compiled sources, what `files` names, readme, licence. */
export function stage({ home, manifest }: PublicPackage, { root, compiled, to }: Staging): void {
  mkdirSync(to, { recursive: true })
  cpSync(join(compiled, 'packages', basename(home), 'src'), join(to, 'dist'), { recursive: true })
  for (const name of [...(manifest.files ?? []), 'README.md']) {
    if (existsSync(join(home, name))) cpSync(join(home, name), join(to, name), { recursive: true })
  }
  cpSync(join(root, 'LICENSE'), join(to, 'LICENSE'))
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(published(manifest), null, 2)}\n`)
}

/** The manifest of a package whose sources are compiled. */
function published({ scripts: _, devDependencies: __, ...manifest }: Manifest): Manifest {
  const entry = { types: './dist/index.d.ts', default: './dist/index.js' }
  return {
    ...manifest,
    exports: { '.': entry, './package.json': './package.json' },
    files: ['dist', ...(manifest.files ?? [])],
    engines: { node: '>=20' },
  }
}
