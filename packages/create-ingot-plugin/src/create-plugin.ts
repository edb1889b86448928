import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Component, License } from './choices.ts'
import { CreateError } from './create-error.ts'
import { checkName, checkOwner } from './names.ts'
import { type Dependencies, ingotPackages } from './packages.ts'
import { writeTemplate } from './template.ts'

/** The plugin to begin. */
export interface CreateOptions {
  /** As in `packer-plugin-NAME`: lower case letters, digits and single dashes. */
  readonly name: string
  /** The folder to make; it may be there, but empty. */
  readonly folder: string
  readonly component: Component
  /** Who owns the repository on GitHub, from which users install the plugin. */
  readonly owner: string
  readonly license: License
  /** A clone of Ingot, or a folder with its packed packages; npm unless told, or the clone that this runs from. */
  readonly sdk?: string
  /** For the licence. */
  readonly year: number
  /** The author's Node, as `process.version`: an older one than the registry needs gets that one beside it. */
  readonly node?: string
}

/** What was made. */
export interface CreatedPlugin {
  readonly folder: string
  /** Names of the files, below the folder. */
  readonly files: readonly string[]
}

/**
 * Writes a plugin with one component, tests, documentation and a release workflow. A folder in which something lies is
 * left alone; what was begun is removed where the end is not reached.
 * @throws CreateError with what to do.
 *
 * @example
 * createPlugin({ name: 'happy-cloud', folder: 'packer-plugin-happy-cloud', component: 'builder', owner: 'acme', license: 'mit', year: 2026 })
 */
export function createPlugin(options: CreateOptions): CreatedPlugin {
  checkName(options.name)
  checkOwner(options.owner)
  const folder = resolve(options.folder)
  const made = makeEmptyFolder(folder)
  try {
    return { folder, files: write(folder, options) }
  } catch (error) {
    for (const name of contentOf(folder)) rmSync(join(folder, name), { recursive: true })
    if (made) rmSync(folder, { recursive: true })
    throw error
  }
}

/** Whether it was not there before. */
function makeEmptyFolder(folder: string): boolean {
  try {
    const made = mkdirSync(folder, { recursive: true }) !== undefined
    if (contentOf(folder).length === 0) return made
  } catch (error) {
    throw new CreateError('folder', `Cannot make the folder ${folder}: ${(error as Error).message}`, error)
  }
  throw new CreateError('folder', `The folder ${folder} is not empty: name another, or empty it first.`)
}

/** A repository without files is as good as empty. */
function contentOf(folder: string): string[] {
  return readdirSync(folder).filter((name) => name !== '.git')
}

function write(folder: string, options: CreateOptions): string[] {
  const { name, component, owner, license, sdk, year } = options
  const words = {
    NAME: name,
    OWNER: owner,
    SOURCE: `github.com/${owner}/${name}`,
    BUCKET: bucketName(name),
    COMPONENT: component,
    LICENSE: { 'apache-2.0': 'Apache-2.0', mit: 'MIT', none: 'UNLICENSED' }[license],
    YEAR: String(year),
  }
  const dependencies = { ...ingotPackages(folder, sdk), ...registrysNode(options.node) }
  const files = ['common', component, join('licenses', license)].flatMap((template) =>
    writeTemplate(template, folder, words),
  )
  addDependencies(join(folder, 'package.json'), dependencies)
  return files.toSorted()
}

/** `ingot serve` needs Node 24, and takes the npm package `node` where the machine's own is older. */
function registrysNode(authors = 'v24'): Dependencies {
  return Number.parseInt(authors.slice(1), 10) < 24 ? { node: '24.21.0' } : {}
}

/** The registry takes 3 to 36 letters, digits and dashes. */
function bucketName(name: string): string {
  return `${name.slice(0, 29).replace(/-$/, '')}-images`
}

function addDependencies(file: string, dependencies: Dependencies): void {
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  manifest.devDependencies = { ...dependencies, ...manifest.devDependencies }
  const vendored = Object.entries(dependencies).filter(([, spec]) => spec.startsWith('file:'))
  // What they need of each other comes from here too: npm would ask the registry for packages of these names.
  if (vendored.length > 0)
    manifest.overrides = Object.fromEntries(vendored.map(([name]) => [name, `$${name}`]))
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`)
}
