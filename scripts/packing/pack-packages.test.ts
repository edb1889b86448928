import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packPackages } from './pack-packages.ts'
import { publicPackages } from './public-packages.ts'

const root = join(import.meta.dirname, '..', '..')
let folder: string
let installed: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-packed-'))
  installed = join(folder, 'node_modules')
  mkdirSync(installed)
  for (const { name, file } of packPackages(root, join(folder, 'tarballs')))
    unpack(file, join(installed, name))
  linkDependencies(join(root, 'node_modules'), installed)
  for (const { home, manifest } of publicPackages(root)) {
    linkDependencies(join(home, 'node_modules'), join(installed, manifest.name, 'node_modules'))
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the packages need of others, as it is installed here. */
function linkDependencies(from: string, to: string): void {
  if (!existsSync(from)) return
  mkdirSync(to, { recursive: true })
  const own = new Set(['@ingot', 'node', ...publicPackages(root).map(({ manifest }) => manifest.name)])
  for (const name of readdirSync(from).filter((name) => !name.startsWith('.') && !own.has(name))) {
    symlinkSync(join(from, name), join(to, name))
  }
}

function unpack(tarball: string, to: string): void {
  mkdirSync(to, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', to, '--strip-components=1'])
}

/** The Nodes of this machine by version: the repository's own and what else is on the PATH. */
function nodes(): Map<string, string> {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((entry) => join(entry, 'node'))
  const found = [process.execPath, ...onPath].map((file) => {
    const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' })
    return [stdout?.trim() ?? '', file] as const
  })
  return new Map(found.filter(([version]) => Number(version.slice(1).split('.')[0]) >= 20).reverse())
}

const builder = `
import { bundlePlugin, config, defineBuilder, definePlugin, testBuilder } from '@ingot/plugin-sdk'
const image = defineBuilder({
  config: config({ name: config.string().required() }),
  sourceImage: 'none',
  run: async ({ config }) => ({ id: config.name, images: { imageId: config.name, providerName: 'trial' } }),
})
export const plugin = definePlugin({ name: 'trial', version: '1.0.0', builders: { image } })
if (process.argv[2] === 'test') console.log((await testBuilder(image).run({ name: 'one' })).artifact.id)
`

describe.each([...nodes()])('packed packages on Node %s', (_, node) => {
  const run = (...args: readonly string[]) =>
    execFileSync(node, args, { cwd: folder, encoding: 'utf8' }).trim()

  test('run an author’s build in process', () => {
    writeFileSync(join(folder, 'trial.mjs'), builder)
    expect(run('trial.mjs', 'test')).toBe('one')
  })

  test('bring the command, which bundles a plugin', () => {
    writeFileSync(join(folder, 'plugin.mjs'), builder.replace(/^if .*$/m, ''))
    const ingot = join(installed, 'ingot', 'bin', 'ingot.js')
    expect(run(ingot, '--version')).toMatch(/^\d+\.\d+\.\d+$/)
    const file = run(ingot, 'plugin', 'bundle', 'plugin.mjs', '--out', join(folder, 'dist', 'trial'))
    expect(execFileSync(file, ['describe'], { encoding: 'utf8' })).toContain('"builders":["image"]')
  })

  test('begin a plugin, with the packages of a folder or those on npm', () => {
    const create = join(installed, 'create-ingot-plugin', 'bin', 'create-ingot-plugin.js')
    const dependencies = (...flags: readonly string[]) => {
      const made = mkdtempSync(join(folder, 'made-'))
      run(create, '--yes', '--name', 'trial', '--dir', made, ...flags)
      return JSON.parse(readFileSync(join(made, 'package.json'), 'utf8')).devDependencies
    }
    const { version } = JSON.parse(readFileSync(join(installed, 'ingot', 'package.json'), 'utf8'))
    expect(dependencies('--sdk', join(folder, 'tarballs')).ingot).toBe(`file:vendor/ingot-${version}.tgz`)
    expect(dependencies()).toMatchObject({ ingot: version, '@ingot/plugin-sdk': version })
  })

  test('bring all that can be imported', () => {
    for (const name of [
      'image',
      'cty',
      'plugin-rpc',
      'plugin-sdk',
      'registry-api',
      'client',
      'engine',
      'registry',
    ]) {
      expect(
        run('-p', `import('@ingot/${name}').then((all) => console.log(Object.keys(all).length > 0))`),
      ).toContain('true')
    }
  })
})

test('packed packages are laid out as publint asks', async () => {
  for (const { manifest } of publicPackages(root)) {
    const { messages } = await publint({ pkgDir: join(installed, manifest.name), pack: false, strict: true })
    expect(messages, manifest.name).toEqual([])
  }
})

test('packed packages name no module that only the sources have', () => {
  const named = readdirSync(installed, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(@ingot\/[^/]+|ingot|create-ingot-plugin)\/dist\/.*\.js$/.test(name))
    .filter((name) =>
      /(from|import\(|new URL\()\s*['"]\.[^'"]*\.ts['"]/.test(readFileSync(join(installed, name), 'utf8')),
    )
  expect(named).toEqual([])
})

test('packed packages hold no TypeScript but declarations, and no tests', () => {
  const files = readdirSync(join(installed, '@ingot'), { recursive: true, encoding: 'utf8' })
  expect(files.filter((name) => /(?<!\.d)\.ts$|\.test\./.test(name))).toEqual([])
  const manifest = JSON.parse(readFileSync(join(installed, '@ingot/plugin-sdk/package.json'), 'utf8'))
  expect(manifest).toMatchObject({ exports: { '.': { default: './dist/index.js' } }, license: 'Apache-2.0' })
  expect(manifest).not.toHaveProperty('devDependencies')
})

test('packed declarations are read by another TypeScript project', () => {
  writeFileSync(join(folder, 'author.ts'), builder.replace(/^if .*$/m, ''))
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2022',
    types: ['node'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['author.ts'] }))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  expect(spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }).stdout).toBe('')
})
