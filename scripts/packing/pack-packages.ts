import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { compilePackages } from './compile.ts'
import { publicPackages } from './public-packages.ts'
import { stage } from './stage.ts'

/** A package as npm takes it. */
export interface Packed {
  readonly name: string
  readonly version: string
  /** The tarball. */
  readonly file: string
}

/** Packs every public package of the repository into a tarball of `folder`, as it is published. */
export function packPackages(root: string, folder: string): Packed[] {
  const work = mkdtempSync(join(tmpdir(), 'ingot-pack-'))
  try {
    compilePackages(root, work)
    const packages = publicPackages(root)
    const staged = packages.map((each) => {
      const to = join(work, 'staged', basename(each.home))
      stage(each, { root, compiled: work, to })
      return to
    })
    return pack(staged, resolve(folder))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function pack(folders: readonly string[], to: string): Packed[] {
  mkdirSync(to, { recursive: true })
  const args = ['pack', ...folders, '--json', '--ignore-scripts', '--pack-destination', to]
  const answer = execFileSync('npm', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 2],
    env: { ...process.env, npm_config_loglevel: 'error' },
  })
  const packed: readonly (Packed & { readonly filename: string })[] = Object.values(JSON.parse(answer))
  return packed.map(({ name, version, filename }) => ({ name, version, file: join(to, basename(filename)) }))
}
