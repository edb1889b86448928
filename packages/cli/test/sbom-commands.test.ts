import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ingot, type Ran, type Served, served } from './ingot.ts'
import { Publisher } from './publisher.ts'
import { zipOf } from './zip.ts'

// Each command is a process of its own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let registry: Served
let folder: string

beforeAll(async () => {
  registry = await served()
  folder = await mkdtemp(join(tmpdir(), 'ingot-cli-sboms-'))
  await using publisher = await Publisher.of(registry)
  await publisher.version('base', 'one')
  await publisher.version('base', 'two')
})

afterAll(async () => {
  await registry[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const run = (...args: string[]): Promise<Ran> => ingot(args, registry.env)

/** What a command prints when it does what it is asked. */
async function told(...args: string[]): Promise<string> {
  const { status, out, err } = await run(...args)
  expect({ args, status, err }).toEqual({ args, status: 0, err: '' })
  return out
}

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const cyclonedx = (...packages: string[]) =>
  JSON.stringify({
    ...{ bomFormat: 'CycloneDX', specVersion: '1.6' },
    components: packages.map((one) => {
      const [name, version] = one.split('@')
      return { type: 'library', name, version, purl: `pkg:deb/debian/${one}?distro=debian-12` }
    }),
  })

const advisory = (id: string, name: string, more: object = {}) => ({
  ...{ id, modified: '2024-01-01T00:00:00Z', database_specific: { severity: 'HIGH' } },
  affected: [
    {
      package: { ecosystem: 'Debian:12', name },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '3.0.11' }] }],
    },
  ],
  ...more,
})

describe('bills of materials', () => {
  it('are attached late, listed, shown and downloaded as they were', async () => {
    const document = cyclonedx('openssl@3.0.7', 'bash@5.2', 'old@1')
    const first = await file('one.json', document)
    expect(await told('sbom', 'upload', first, 'base', 'v1', '--name', 'os-packages')).toContain(
      'attached to base v1 amazon-ebs.web, marked as late',
    )
    const second = await file('two.json', cyclonedx('openssl@3.0.11', 'bash@5.2', 'new@1'))
    await told('sbom', 'upload', second, 'base', 'two', '--build', 'amazon-ebs.web')
    expect(await told('sbom', 'list', 'base', 'v1')).toMatch(
      /amazon-ebs\.web +os-packages +CYCLONEDX 1\.6 +3 +late/,
    )
    expect(JSON.parse(await told('sbom', 'show', 'base', 'v1', 'os-packages', '--json'))).toMatchObject({
      ...{ name: 'os-packages', package_count: 3, late: true },
    })
    expect(await told('sbom', 'download', 'base', 'v1')).toBe(document)
    expect(await run('sbom', 'show', 'base', 'v1', 'other')).toMatchObject({
      ...{ status: 3, err: expect.stringContaining('os-packages (--build amazon-ebs.web)') },
    })
  })

  it.each([
    ['nothing.json', undefined, 'cannot be read'],
    ['broken.json', '{', 'not JSON'],
    ['other.json', '{}', 'neither CycloneDX'],
  ])('are not made of %s', async (name, content, message) => {
    const path = content === undefined ? join(folder, name) : await file(name, content)
    expect(await run('sbom', 'upload', path, 'base', 'v1')).toMatchObject({
      ...{ status: 1, err: expect.stringContaining(message) },
    })
  })

  it('say what changed between two versions, and where a package is', async () => {
    const diff = await told('sbom', 'diff', 'base', 'v1', 'v2')
    expect(diff).toContain('1 added, 1 removed, 1 changed')
    expect(diff).toMatch(/^~ +openssl +3\.0\.7 +3\.0\.11$/m)
    expect(await told('sbom', 'search', 'openssl', '<3.0.11')).toMatch(
      /^base +v1 +amazon-ebs\.web +3\.0\.7$/m,
    )
    expect(await told('sbom', 'search', 'openssl')).toMatch(/^base +v2 .* +latest$/m)
    expect(await run('sbom', 'search', 'openssl', '>9')).toMatchObject({ status: 3 })
    expect(await told('sbom', 'packages', 'base')).toMatch(/^openssl +3\.0\.11 +latest .*not assessed$/m)
  })
})

describe('advisories', () => {
  it('are nothing before an import, and say so', async () => {
    expect(await told('advisories', 'status')).toContain('nothing is assessed')
    expect(await run('advisories', 'affecting', 'base')).toMatchObject({
      ...{ status: 3, err: expect.stringContaining('not assessed') },
    })
  })

  it('come from an array, from lines, from a folder and from an archive, without doubles', async () => {
    const [first, second] = [advisory('CVE-1', 'openssl'), advisory('CVE-2', 'bash')]
    const array = await file('array.json', JSON.stringify([first, second], undefined, 2))
    expect(await told('advisories', 'import', array)).toContain('2 advisories read: 2 new')
    const lines = await file('lines.jsonl', `${JSON.stringify(first)}\n${JSON.stringify(second)}\n`)
    expect(await told('advisories', 'import', lines)).toContain('2 as before')
    const inside = join(folder, 'export')
    await mkdir(inside)
    await writeFile(join(inside, 'CVE-3.json'), JSON.stringify(advisory('CVE-3', 'zlib')))
    await writeFile(join(inside, 'README.md'), 'no advisory')
    expect(await told('advisories', 'import', inside)).toContain('1 advisories read: 1 new')
    const newer = advisory('CVE-3', 'zlib', {
      modified: '2024-02-01T00:00:00Z',
      withdrawn: '2024-02-01T00:00:00Z',
    })
    const archive = await file('all.zip', zipOf({ 'CVE-3.json': JSON.stringify(newer), 'x.txt': 'x' }))
    expect(await told('advisories', 'import', archive)).toContain('1 newer')
    expect(await told('advisories', 'status')).toMatch(/^Debian:12 +3 +1 /m)
    expect(await told('advisories', 'list', '--package', 'zlib')).toMatch(/^CVE-3 +High +withdrawn/m)
    expect(await told('advisories', 'show', 'CVE-1')).toMatch(
      /Debian:12 +openssl +introduced 0, fixed 3\.0\.11/,
    )
    expect(await told('sbom', 'packages', 'base', 'v1')).toMatch(/^openssl +3\.0\.7 +amazon-ebs\.web +1$/m)
    expect(await told('advisories', 'affecting', 'base')).toContain('none that fits means a package')
  })

  it.each([
    [
      'a broken line',
      'bad.jsonl',
      `${JSON.stringify(advisory('CVE-1', 'a'))}\n{"id":\n}`,
      'bad.jsonl, line 2',
    ],
    ['what is no advisory', 'none.jsonl', '{"id":"CVE-9"}\n', 'none.jsonl, line 1: advisories[0]'],
    ['no archive', 'no.zip', 'hello', 'no zip archive'],
  ])('name the place of %s', async (_, name, content, message) => {
    const { status, err } = await run('advisories', 'import', await file(name, content))
    expect({ status, err }).toEqual({ status: 1, err: expect.stringContaining(message) })
  })

  it('are not unpacked from an archive that is a bomb', async () => {
    const bomb = await file('bomb.zip', zipOf({ 'a.json': Buffer.alloc(64 * 1024 * 1024, ' ') }))
    const { status, err } = await run('advisories', 'import', bomb)
    expect({ status, err }).toEqual({ status: 1, err: expect.stringContaining('200 times its size') })
  })
})
