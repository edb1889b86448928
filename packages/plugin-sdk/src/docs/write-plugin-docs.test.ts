import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MADE } from './component-page.ts'
import { writePluginDocs } from './write-plugin-docs.ts'

const entry = fileURLToPath(new URL('../../test/greeting-plugin.ts', import.meta.url))
const pages = [
  'README.md',
  'builders/greeting.mdx',
  'provisioners/waver.mdx',
  'post-processors/wrapper.mdx',
  'datasources/greeter.mdx',
]
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-docs-'))
})

afterEach(() => rm(folder, { recursive: true }))

test('the pages are written once, and again where they are stale', async () => {
  expect(await writePluginDocs({ entry, folder })).toEqual({ folder, pages, changed: pages, removed: [] })
  expect(await writePluginDocs({ entry, folder })).toMatchObject({ changed: [] })
  await writeFile(join(folder, 'README.md'), 'mine')
  expect(await writePluginDocs({ entry, folder })).toMatchObject({ changed: ['README.md'] })
})

test('a check tells what is stale and writes nothing', async () => {
  expect(await writePluginDocs({ entry, folder, check: true })).toMatchObject({ changed: pages })
  expect(await readdir(folder)).toEqual([])
})

test('pages of components that are no more are taken away, and those of the author stay', async () => {
  await writePluginDocs({ entry, folder })
  await writeFile(join(folder, 'builders/old.mdx'), `---\n# ${MADE}\n---\n`)
  await writeFile(join(folder, 'builders/own.mdx'), 'mine')
  const removed = ['builders/old.mdx']
  expect(await writePluginDocs({ entry, folder, check: true })).toMatchObject({ changed: [], removed })
  expect(await writePluginDocs({ entry, folder })).toMatchObject({ removed })
  expect((await readdir(join(folder, 'builders'))).sort()).toEqual(['greeting.mdx', 'own.mdx'])
})

test('what a plugin prints while it is loaded does not get into its pages', async () => {
  const noisy = join(folder, 'noisy.ts')
  await writeFile(noisy, `console.log('hello'); export { plugin } from ${JSON.stringify(entry)}`)
  await writePluginDocs({ entry: noisy, folder })
  expect(await readFile(join(folder, 'README.md'), 'utf8')).toContain('# greeting')
})

test.each([
  ['throws while it is loaded', 'throw new Error("no licence"); export const plugin = 1', 'no licence'],
  ['exports no plugin', 'export const other = 1', 'exports no "plugin"'],
  ['exports something else', 'export const plugin = 1', 'exports no "plugin"'],
])('a module that %s is refused', async (_, text, message) => {
  const file = join(folder, 'entry.ts')
  await writeFile(file, text)
  const error = await writePluginDocs({ entry: file, folder }).catch((error) => error)
  expect(error).toMatchObject({ name: 'BundleError', message: expect.stringContaining(message) })
})

test('a source and a folder that cannot be are refused', async () => {
  await expect(writePluginDocs({ entry, folder, source: 'acme' })).rejects.toMatchObject({ code: 'source' })
  await writeFile(join(folder, 'occupied'), '')
  const occupied = writePluginDocs({ entry, folder: join(folder, 'occupied') })
  await expect(occupied).rejects.toMatchObject({
    name: 'DocsError',
    message: expect.stringContaining('--out'),
  })
})
