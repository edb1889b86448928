import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testBuilder, testDatasource } from '@ingot/plugin-sdk'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tarball } from './builder.ts'
import { ImageStore } from './image-store.ts'
import { latest } from './latest.ts'
import { unpack } from './tar.ts'

const site = fileURLToPath(new URL('../fixtures/site', import.meta.url))
let folder: string
let store: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tarball-test-'))
  store = join(folder, 'images')
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

async function contentOf(id: string): Promise<string[]> {
  const target = await mkdtemp(join(folder, 'content-'))
  await unpack(await new ImageStore(store).read(id), target)
  return (await readdir(target, { recursive: true })).sort()
}

test('a directory becomes an image in every region', async () => {
  const build = await testBuilder(tarball).run({
    source: site,
    store,
    regions: ['eu', 'us'],
    labels: { os: 'none' },
  })
  expect(build.artifact.id).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(build.images).toEqual(
    ['eu', 'us'].map((region) => ({
      imageId: build.artifact.id,
      providerName: 'tarball',
      providerRegion: region,
      sourceImageId: site,
      labels: { os: 'none' },
    })),
  )
  expect(await contentOf(build.artifact.id)).toEqual(['deep', 'deep/page.txt', 'hello.sh', 'index.html'])
})

test('the same content is the same image, whenever it was written', async () => {
  const first = await testBuilder(tarball).run({ source: site, store })
  const copy = join(folder, 'copy')
  await mkdir(join(copy, 'deep'), { recursive: true })
  for (const name of ['index.html', 'hello.sh', 'deep/page.txt']) {
    const { mode } = await stat(join(site, name))
    await writeFile(join(copy, name), await readFile(join(site, name)), { mode })
    await utimes(join(copy, name), 1, 1)
  }
  const second = await testBuilder(tarball).run({ source: copy, store })
  expect(second.artifact.id).toBe(first.artifact.id)
})

test('a child names its parent by the very id that the parent published', async () => {
  const parent = await testBuilder(tarball).run({ source: site, store })
  const extra = join(folder, 'extra')
  await mkdir(extra)
  await writeFile(join(extra, 'extra.txt'), 'more')
  const child = await testBuilder(tarball).run({ base: parent.images[0]!.imageId, source: extra, store })
  expect(child.images[0]!.sourceImageId).toBe(parent.images[0]!.imageId)
  expect(await contentOf(child.artifact.id)).toContain('extra.txt')
  expect(await contentOf(child.artifact.id)).toContain('deep/page.txt')
})

test('an image may be packed again as it is', async () => {
  const parent = await testBuilder(tarball).run({ source: site, store })
  const again = await testBuilder(tarball).run({ source: parent.artifact.id, store })
  expect(again.artifact.id).toBe(parent.artifact.id)
})

test('provisioners work on what is packed', async () => {
  const build = await testBuilder(tarball).run(
    { source: site, store },
    {
      async provision({ communicator, data }) {
        const { exitStatus } = await communicator!.start({ command: 'echo provisioned > added.txt' })
        expect(await exitStatus).toBe(0)
        expect(await readdir(String(data['ImageRoot']))).toContain('added.txt')
      },
    },
  )
  expect(await contentOf(build.artifact.id)).toContain('added.txt')
})

test('a token signs the image and never shows', async () => {
  const build = await testBuilder(tarball).run(
    { source: site, store, token: 'x-s3cret' },
    { provision: ({ ui }) => ui.say('the token is x-s3cret') },
  )
  expect(build.images[0]!.labels['signature']).toMatch(/^[0-9a-f]{64}$/)
  expect(build.output).toContain('the token is <sensitive>')
  expect(build.output).not.toContain('x-s3cret')
})

test('destroying the artifact removes its file', async () => {
  const build = await testBuilder(tarball).run({ source: site, store })
  expect(await readdir(store)).toHaveLength(1)
  await build.artifact.destroy()
  expect(await readdir(store)).toEqual([])
})

test('nothing is left of a build that fails', async () => {
  vi.stubEnv('TMPDIR', folder)
  const run = testBuilder(tarball).run({ source: site, store }, { provision: () => Promise.reject('broken') })
  await expect(run).rejects.toThrow('broken')
  expect(await readdir(folder)).toEqual([])
})

test.each([
  [{ source: '/nowhere' }, 'Cannot read the directory "/nowhere": ENOENT'],
  [{ source: `sha256:${'0'.repeat(64)}` }, 'build the parent first, or name its store'],
  [{ source: site, compression: { level: 12 } }, 'compression.level: must be between 1 and 9, not 12'],
  [{ source: site, timeout: '0.5s' }, 'timeout: must be at least 1s, not 500ms'],
])('%j is refused: %s', async (settings, message) => {
  await expect(testBuilder(tarball).run({ ...settings, store })).rejects.toThrow(message)
})

test('the data source finds the image that was added last', async () => {
  await expect(testDatasource(latest).run({ store })).rejects.toThrow('build one first')
  const build = await testBuilder(tarball).run({ source: site, store })
  expect(await testDatasource(latest).run({ store })).toMatchObject({
    id: build.artifact.id,
    path: build.artifact.files[0],
    size: expect.any(Number),
  })
})
