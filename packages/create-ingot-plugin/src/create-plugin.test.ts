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
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { components, licenses } from './choices.ts'
import { type CreateOptions, createPlugin } from './create-plugin.ts'
import { cloneAround } from './packages.ts'

const root = cloneAround()!
const home = join(import.meta.dirname, '..')
let folder: string
let packages: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-create-test-'))
  packages = join(folder, 'packages')
  tarball('@ingot/plugin-sdk', { '@ingot/image': '0.1.0', esbuild: '1.0.0' })
  tarball('@ingot/image')
  tarball('@ingot/portal')
  tarball('ingot', { '@ingot/plugin-sdk': '0.1.0' })
})

afterAll(() => rmSync(folder, { recursive: true }))

/** A package that has nothing but a manifest. */
function tarball(name: string, dependencies: Readonly<Record<string, string>> = {}): void {
  const source = mkdtempSync(join(folder, 'package-'))
  mkdirSync(packages, { recursive: true })
  mkdirSync(join(source, 'package'))
  writeFileSync(
    join(source, 'package', 'package.json'),
    JSON.stringify({ name, version: '0.1.0', dependencies }),
  )
  const file = join(packages, `${name.replace('@', '').replace('/', '-')}-0.1.0.tgz`)
  execFileSync('tar', ['-czf', file, '-C', source, 'package'])
}

function create(options: Partial<CreateOptions> = {}) {
  const usual = {
    name: 'happy-cloud',
    component: 'builder',
    owner: 'acme',
    license: 'mit',
    year: 2026,
  } as const
  const own = mkdtempSync(join(folder, 'made-'))
  return createPlugin({ ...usual, folder: join(own, 'packer-plugin-happy-cloud'), sdk: packages, ...options })
}

const read = (at: string, name: string) => readFileSync(join(at, name), 'utf8')

describe.each(components)('a plugin with a %s', (component) => {
  let made: string
  let files: readonly string[]

  beforeAll(() => {
    ;({ folder: made, files } = create({ component }))
    symlinkSync(join(root, 'node_modules'), join(made, 'node_modules'), 'dir')
  })

  const node = (...args: readonly string[]) => {
    const { PACKER: _, ...env } = process.env
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: made, encoding: 'utf8', env })
    return { status, output: stdout + stderr }
  }

  test('compiles', () => {
    expect(node(join(root, 'node_modules/typescript/bin/tsc'), '--lib', 'esnext')).toEqual({
      status: 0,
      output: '',
    })
  })

  test('passes its own tests', () => {
    const { status, output } = node(join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', made)
    expect(status, output).toBe(0)
  })

  test('bundles, and is called as its templates say', () => {
    const { output } = node(join(root, 'packages/cli/bin/ingot.js'), 'plugin', 'bundle', 'src/plugin.ts')
    expect(output).toContain('packer-plugin-happy-cloud')
    const description = execFileSync(join(made, 'dist/packer-plugin-happy-cloud'), ['describe'], {
      encoding: 'utf8',
    })
    const { builders, provisioners, post_processors, datasources } = JSON.parse(description)
    const [name] = [builders, provisioners, post_processors, datasources].flat()
    expect(read(made, 'example/build.pkr.hcl')).toContain(`"happy-cloud-${name}"`)
  })

  test('has the documentation that its schema makes', () => {
    const source = ['--source', 'github.com/acme/happy-cloud']
    const args = ['plugin', 'docs', 'src/plugin.ts', '--out', 'docs/', ...source, '--check']
    const { status, output } = node(join(root, 'packages/cli/bin/ingot.js'), ...args)
    expect(status, output).toBe(0)
  })

  test('leaves no word of the template', () => {
    for (const name of files) expect(read(made, name), name).not.toMatch(/__[A-Z]+__/)
  })
})

describe('a new plugin', () => {
  test('has what an author begins with', () => {
    expect(create().files.toSorted()).toEqual([
      '.github/workflows/release.yml',
      '.github/workflows/test.yml',
      '.gitignore',
      'LICENSE',
      'README.md',
      'docs/README.md',
      'docs/builders/image.mdx',
      'example/build.pkr.hcl',
      'example/source.txt',
      'package.json',
      'src/builder.ts',
      'src/plugin.ts',
      'test/builder.test.ts',
      'test/packer.test.ts',
      'tsconfig.json',
    ])
  })

  test('brings the packages that it needs along, and no others', () => {
    const { folder } = create()
    expect(readdirSync(join(folder, 'vendor')).toSorted()).toEqual([
      'ingot-0.1.0.tgz',
      'ingot-image-0.1.0.tgz',
      'ingot-plugin-sdk-0.1.0.tgz',
    ])
    expect(JSON.parse(read(folder, 'package.json')).devDependencies).toMatchObject({
      '@ingot/image': 'file:vendor/ingot-image-0.1.0.tgz',
      '@ingot/plugin-sdk': 'file:vendor/ingot-plugin-sdk-0.1.0.tgz',
      ingot: 'file:vendor/ingot-0.1.0.tgz',
    })
    expect(JSON.parse(read(folder, 'package.json')).overrides).toMatchObject({
      '@ingot/image': '$@ingot/image',
    })
    expect(read(folder, 'package.json')).not.toContain('"node": "24')
  })

  test('uses the versions of other packages that this repository uses', () => {
    const { devDependencies: ours } = JSON.parse(read(root, 'package.json'))
    const { devDependencies: theirs } = JSON.parse(read(home, 'templates/common/package.json'))
    expect(ours).toMatchObject(theirs)
    const { devDependencies } = JSON.parse(read(create({ node: 'v20.20.2' }).folder, 'package.json'))
    expect(devDependencies.node).toBe(ours.node)
  })

  test.each(licenses)('has the licence %s', (license) => {
    const { folder, files } = create({ license })
    expect(files.includes('LICENSE')).toBe(license !== 'none')
    const said = { 'apache-2.0': 'Apache-2.0', mit: 'MIT', none: 'UNLICENSED' }[license]
    expect(JSON.parse(read(folder, 'package.json')).license).toBe(said)
  })

  test('may be made in a repository that has nothing yet', () => {
    const empty = mkdtempSync(join(folder, 'repository-'))
    mkdirSync(join(empty, '.git'))
    expect(create({ folder: empty }).files).toContain('package.json')
  })

  test('publishes to a bucket whose name the registry takes', () => {
    const { folder } = create({ name: `a-${'very-'.repeat(8)}long-name` })
    const [, bucket] = /bucket_name = "(.*)"/.exec(read(folder, 'example/build.pkr.hcl'))!
    expect(bucket!.length).toBeLessThanOrEqual(36)
  })
})

describe('refusals', () => {
  const failure = (options: Partial<CreateOptions>) => {
    try {
      return create(options)
    } catch (error) {
      return error
    }
  }

  test('a folder that has something in it is left alone', () => {
    const full = mkdtempSync(join(folder, 'full-'))
    writeFileSync(join(full, 'notes.txt'), 'mine')
    const error = failure({ folder: full })
    expect(error).toMatchObject({
      code: 'folder',
      message: expect.stringContaining('is not empty: name another'),
    })
    expect(readdirSync(full)).toEqual(['notes.txt'])
  })

  test.each([
    ['My_Plugin', '"my-plugin" would do'],
    ['packer-plugin-tarball', '"tarball" would do'],
    ['happyCloud', '"happy-cloud" would do'],
    ['docker', '"my-docker" would do'],
    ['_', '"happy-cloud" would do'],
  ])('the name %s, with one that would do', (name, remedy) => {
    expect(failure({ name })).toMatchObject({ code: 'name', message: expect.stringContaining(remedy) })
  })

  test('an owner that GitHub has not', () => {
    expect(failure({ owner: 'a b' })).toMatchObject({ code: 'owner' })
  })

  test('packages that are not there, and leave nothing behind', () => {
    const made = join(folder, 'none')
    const error = failure({ sdk: folder, folder: made })
    expect(error).toMatchObject({
      code: 'sdk',
      message: expect.stringContaining('no @ingot/plugin-sdk, ingot'),
    })
    expect(existsSync(made)).toBe(false)
    expect(failure({ sdk: join(folder, 'absent') })).toMatchObject({ code: 'sdk' })
  })

  test('a tarball that is none', () => {
    const broken = mkdtempSync(join(folder, 'broken-'))
    writeFileSync(join(broken, 'ingot.tgz'), 'not gzip')
    expect(failure({ sdk: broken })).toMatchObject({
      code: 'sdk',
      message: expect.stringContaining('is no package of npm'),
    })
  })
})
