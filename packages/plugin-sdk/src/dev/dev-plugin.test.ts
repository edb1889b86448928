import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describePlugin } from '@ingot/plugin-rpc'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DevEvent, devPlugin } from './dev-plugin.ts'

const sdk = fileURLToPath(new URL('../index.ts', import.meta.url))
const source = 'github.com/acme/odd'
let folder: string
let entry: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-watch-'))
  entry = join(folder, 'plugin.ts')
  await write('image')
})

afterEach(() => rm(folder, { recursive: true }))

/** The sources of a plugin with a builder of that name. */
async function write(builder: string, { name = 'odd', before = '' } = {}): Promise<void> {
  await writeFile(
    entry,
    `import { config, defineBuilder, definePlugin } from ${JSON.stringify(sdk)}
     ${before}
     const odd = defineBuilder({ config: config({}), images: 'none', run: () => undefined })
     export const plugin = definePlugin({ name: '${name}', version: '1.0.0', builders: { ${builder}: odd } })`,
  )
}

/** Watches until it is disposed, and hands out what happened one by one. */
function watching() {
  const events: DevEvent[] = []
  const stop = new AbortController()
  const pluginDir = join(folder, 'plugins')
  const onEvent = (event: DevEvent) => void events.push(event)
  const done = devPlugin({ entry, source, pluginDir, signal: stop.signal, onEvent })
  return {
    next: async (): Promise<DevEvent> => {
      await expect.poll(() => events.length, { timeout: 15_000 }).toBeGreaterThan(0)
      return events.shift()!
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await done
    },
  }
}

test('a plugin is installed at once, and again when it changes, as a version under development', async () => {
  await using dev = watching()
  const first = await dev.next()
  expect(first).toMatchObject({ type: 'installed', hiddenBy: undefined, plugin: { source } })
  if (first.type !== 'installed') return
  const { file } = first.plugin
  expect(file).toMatch(/\/github\.com\/acme\/odd\/packer-plugin-odd_v1\.0\.0-dev_x5\.0_/)
  expect(await describePlugin(file)).toMatchObject({ version: '1.0.0-dev', builders: ['image'] })

  await write('other')
  expect(await dev.next()).toMatchObject({ type: 'installed' })
  expect(await describePlugin(file)).toMatchObject({ builders: ['other'] })
  expect((await readdir(join(folder, 'plugins/github.com/acme/odd'))).length).toBe(2)
})

test('what is wrong is told, what was installed stays, and the next change mends it', async () => {
  await using dev = watching()
  const first = await dev.next()
  if (first.type !== 'installed') throw first.error
  const installed = await readFile(first.plugin.file, 'utf8')
  const wrongs: [() => Promise<void>, RegExp][] = [
    [
      () => writeFile(entry, 'import "./absent.ts"; export const plugin = 1'),
      /does not build:\n.*plugin\.ts:1:8: Could not/,
    ],
    [() => write('image', { before: 'throw new Error("no licence")' }), /does not run: no licence/],
    [() => write('image', { name: 'even' }), /ends in "odd", but the plugin is called "even"/],
    [() => writeFile(entry, 'export const other = 1'), /exports no "plugin"/],
  ]
  for (const [make, message] of wrongs) {
    await make()
    expect(await dev.next()).toMatchObject({
      type: 'failed',
      error: { message: expect.stringMatching(message) },
    })
    expect(await readFile(first.plugin.file, 'utf8')).toBe(installed)
  }
  await write('mended')
  expect(await dev.next()).toMatchObject({ type: 'installed' })
  expect(await describePlugin(first.plugin.file)).toMatchObject({ builders: ['mended'] })
})

test('an installed release that packer prefers is named', async () => {
  {
    await using dev = watching()
    const first = await dev.next()
    if (first.type !== 'installed') throw first.error
    await writeFile(first.plugin.file.replace('-dev', ''), '')
    await writeFile(first.plugin.file.replace('1.0.0-dev', '0.9.9'), '')
  }
  await using dev = watching()
  expect(await dev.next()).toMatchObject({ hiddenBy: expect.stringMatching(/_v1\.0\.0_x5\.0_/) })
})

test('it ends when it is told to, and leaves no temporary file', async () => {
  const before = await readdir(tmpdir())
  {
    await using dev = watching()
    await dev.next()
  }
  const left = (await readdir(tmpdir())).filter(
    (name) => name.startsWith('ingot-dev-') && !before.includes(name),
  )
  expect(left).toEqual([])
})

test('an entry that is not there and a source that cannot be are refused at once', async () => {
  const { signal } = new AbortController()
  const onEvent = () => {}
  const absent = devPlugin({ entry: join(folder, 'absent.ts'), source, signal, onEvent })
  await expect(absent).rejects.toMatchObject({ code: 'entry-missing' })
  await expect(devPlugin({ entry, source: 'odd', signal, onEvent })).rejects.toMatchObject({ code: 'source' })
})
