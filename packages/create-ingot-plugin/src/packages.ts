import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CreateError } from './create-error.ts'
import { type PackageManifest, readManifest } from './tarball.ts'

/** What an author's plugin installs of Ingot, by package name. */
export type Dependencies = Readonly<Record<string, string>>

/** What a plugin needs of Ingot: the rest comes with these. */
const needed = ['@ingot/plugin-sdk', 'ingot']

const home = fileURLToPath(new URL('..', import.meta.url))

/** Where this package lies in a clone: the clone; undefined where it was installed. */
export function cloneAround(folder: string = home): string | undefined {
  const root = resolve(folder, '..', '..')
  return existsSync(join(root, 'scripts', 'pack.ts')) ? root : undefined
}

/**
 * The packages as the plugin's `package.json` names them. Those of a clone or of a folder with tarballs are put into
 * `vendor/` of the plugin, so that it is whole by itself; without either they come from npm in the version of this one.
 * @throws CreateError `sdk` where there are none.
 */
export function ingotPackages(plugin: string, sdk: string | undefined = cloneAround()): Dependencies {
  if (sdk === undefined) return Object.fromEntries(needed.map((name) => [name, ownVersion()]))
  if (existsSync(join(sdk, 'scripts', 'pack.ts'))) return packed(resolve(sdk), plugin)
  return vendored(sdk, plugin)
}

/** The version of this package, in which all of Ingot's are published. */
export function ownVersion(): string {
  return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version
}

function packed(clone: string, plugin: string): Dependencies {
  const folder = mkdtempSync(join(tmpdir(), 'ingot-create-'))
  try {
    const script = join(clone, 'scripts', 'with-node.js')
    execFileSync(process.execPath, [script, join(clone, 'scripts', 'pack.ts'), '--out', folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return vendored(folder, plugin)
  } catch (error) {
    if (error instanceof CreateError) throw error
    const remedy = 'run "npm install" there, and "npm run pack" to see what is wrong'
    throw new CreateError('sdk', `The packages of the clone ${clone} cannot be packed: ${remedy}.`, error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Tarball {
  readonly file: string
  readonly manifest: PackageManifest
}

function vendored(folder: string, plugin: string): Dependencies {
  const tarballs = new Map(tarballsIn(folder).map((each) => [each.manifest.name, each]))
  const missing = needed.filter((name) => !tarballs.has(name))
  if (missing.length > 0) {
    const remedy = 'name a clone of Ingot, or the folder that its "npm run pack -- --out FOLDER" filled'
    throw new CreateError('sdk', `There is no ${missing.join(', ')} in ${folder}: ${remedy}.`)
  }
  const vendor = join(plugin, 'vendor')
  mkdirSync(vendor, { recursive: true })
  const all = closure(tarballs)
  for (const { file } of all) cpSync(join(folder, file), join(vendor, file))
  return Object.fromEntries(all.map(({ manifest, file }) => [manifest.name, `file:vendor/${file}`]))
}

function tarballsIn(folder: string): Tarball[] {
  if (!existsSync(folder)) throw new CreateError('sdk', `There is no folder ${folder}.`)
  const files = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  return files.map((file) => ({ file, manifest: readManifest(join(folder, file)) }))
}

/** What is needed, with all that it needs of the same folder. */
function closure(tarballs: ReadonlyMap<string, Tarball>): Tarball[] {
  const found = new Set<string>()
  const add = (name: string) => {
    const tarball = tarballs.get(name)
    if (!tarball || found.has(name)) return
    found.add(name)
    Object.keys(tarball.manifest.dependencies ?? {}).forEach(add)
  }
  needed.forEach(add)
  return [...found].toSorted().map((name) => tarballs.get(name)!)
}
