import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defineBuilder } from '../../builder/definition.ts'
import { type ConfigInput, config } from '../../config/config.ts'
import { RecordingUi } from '../../testing/recording-ui.ts'
import { testBuilder } from '../../testing/test-builder.ts'
import { runSteps } from '../run-steps.ts'
import type { StateBag } from '../state-bag.ts'
import { stateBag } from '../state-bag.ts'
import { httpConfig } from './http-config.ts'
import { bindAddress, InterfaceError } from './listen-address.ts'
import { stepHttpServer } from './step-http-server.ts'

const settings = config(httpConfig())
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-http-'))
  await mkdir(join(folder, 'served', 'sub'), { recursive: true })
  await mkdir(join(folder, 'served-not'))
  await writeFile(join(folder, 'served', 'ks.cfg'), 'lang en\n')
  await writeFile(join(folder, 'served', 'sub', 'a b.txt'), '0123456789')
  await writeFile(join(folder, 'served-not', 'secret'), 'x')
})
beforeEach(() => {
  process.env['PACKER_CACHE_DIR'] = join(folder, 'cache')
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs a build that serves, and asks it what `ask` wants to know. */
async function serving<T>(
  given: ConfigInput<typeof settings>,
  ask: (state: StateBag) => Promise<T>,
): Promise<T> {
  let answer: T | undefined
  const asks = {
    async run(state: StateBag) {
      answer = await ask(state)
    },
  }
  const builder = defineBuilder({
    config: settings,
    images: 'none',
    async run(build) {
      await runSteps([stepHttpServer(build.config), asks], build)
      return undefined
    },
  })
  await testBuilder(builder).run(given)
  return answer as T
}

const url = (state: StateBag, path: string) => `http://127.0.0.1:${state.get('http_port')}${path}`
const get = (path: string, init?: RequestInit) => async (state: StateBag) => {
  const response = await fetch(url(state, path), init)
  return { status: response.status, text: await response.text() }
}

describe('http_content', () => {
  const content = { http_content: { '/ks.cfg': 'lang en', 'meta-data': 'id: 1' } }

  test('is served by path', async () => {
    expect(await serving(content, get('/ks.cfg?x=1'))).toEqual({ status: 200, text: 'lang en' })
    expect(await serving(content, get('/meta-data'))).toEqual({ status: 200, text: 'id: 1' })
  })

  test('names the nearest path where there is nothing', async () => {
    expect(await serving(content, get('/ks.cgf'))).toEqual({
      status: 404,
      text: '/ks.cgf not found. Did you mean "/ks.cfg"?\n',
    })
    expect(await serving(content, get('/else'))).toEqual({ status: 404, text: '/else not found.\n' })
  })
})

describe('http_directory', () => {
  const served = () => ({ http_directory: join(folder, 'served') })

  test('serves files, also in folders and by range', async () => {
    expect(await serving(served(), get('/ks.cfg'))).toEqual({ status: 200, text: 'lang en\n' })
    expect(await serving(served(), get('/sub/a%20b.txt', { headers: { range: 'bytes=2-4' } }))).toEqual({
      status: 206,
      text: '234',
    })
  })

  test('lists folders', async () => {
    const { text } = await serving(served(), get('/'))
    expect(text).toContain('<a href="/ks.cfg">ks.cfg</a>')
    expect(text).toContain('<a href="/sub/">sub/</a>')
    expect((await serving(served(), get('/sub/'))).text).toContain('href="/sub/a%20b.txt"')
  })

  test.each(['/../served-not/secret', '/..%2fserved-not/secret', '/%2e%2e/served-not/', '/%', '/..%2f..'])(
    'serves nothing outside: %s',
    async (path) => {
      // fetch would tidy the path up.
      const head = await serving(served(), (state) => raw(state.get('http_port'), path))
      expect(head).toContain('404')
    },
  )

  test('that is not there fails the build', async () => {
    await expect(serving({ http_directory: join(folder, 'nowhere') }, get('/'))).rejects.toThrow('nowhere')
  })
})

async function raw(port: number, path: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
  const chunks = await socket.toArray()
  return String(Buffer.concat(chunks))
}

describe('the port', () => {
  test('is 0 where nothing is served', async () => {
    expect(await serving({}, async (state) => state.get('http_port'))).toBe(0)
  })

  test('is in the range, held by a lock file while it serves, and free afterwards', async () => {
    const range = { http_port_min: 38_500, http_port_max: 38_600, http_content: { '/x': 'y' } }
    const [port, locks] = await serving(range, async (state) => [
      state.get('http_port'),
      await readdir(join(folder, 'cache', 'port')),
    ])
    expect(port).toBeGreaterThanOrEqual(38_500)
    expect(port).toBeLessThanOrEqual(38_600)
    expect(locks).toEqual([`${port}.lock`])
    expect(await readdir(join(folder, 'cache', 'port'))).toEqual([])
    await expect(fetch(`http://127.0.0.1:${port}/x`)).rejects.toThrow()
  })

  test('skips what is taken, and says so when all are', async () => {
    const taken = createServer().listen(0, '0.0.0.0')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as { port: number }
    const only = { http_port_min: port, http_port_max: port, http_content: { '/x': 'y' } }
    try {
      await expect(serving(only, get('/x'))).rejects.toThrow(
        /No port from \d+ to \d+ is free for the HTTP server .*widen http_port_min and http_port_max/,
      )
    } finally {
      taken.close()
    }
  })

  test('of another build is left alone', async () => {
    const content = { http_port_min: 38_700, http_port_max: 38_701, http_content: { '/x': 'y' } }
    const both = await serving(content, async (first) =>
      serving(content, async (second) => [first.get('http_port'), second.get('http_port')]),
    )
    expect(both.sort()).toEqual([38_700, 38_701])
  })
})

describe('the address', () => {
  test('is what the machine is told, where it is one', async () => {
    const content = { http_bind_address: '127.0.0.1', http_content: { '/x': 'y' } }
    expect(await serving(content, async (state) => state.get('http_ip'))).toBe('127.0.0.1')
    const all = { http_content: { '/x': 'y' } }
    expect(await serving(all, async (state) => state.getOk('http_ip'))).toBeUndefined()
  })

  test('may be that of an interface', () => {
    const [name] = Object.entries(networkInterfaces()).find(([, all]) =>
      all?.some((each) => each.address === '127.0.0.1'),
    )!
    expect(
      bindAddress({ http_interface: name, http_bind_address: undefined, http_network_protocol: 'tcp' }),
    ).toBe('127.0.0.1')
    expect(() =>
      bindAddress({ http_interface: 'nope0', http_bind_address: undefined, http_network_protocol: 'tcp' }),
    ).toThrow(InterfaceError)
  })

  test('may be a socket', async () => {
    const step = stepHttpServer({
      ...{ http_directory: undefined, http_interface: undefined },
      ...{ http_content: { '/x': 'y' }, http_port_min: 38_800, http_port_max: 38_800 },
      ...{ http_bind_address: join(folder, 'sock'), http_network_protocol: 'unix' },
    })
    const state = stateBag({ ui: new RecordingUi() })
    await step.run(state)
    expect(await readdir(folder)).toContain('sock:38800')
    await step.cleanup?.(state)
    expect(await readdir(folder)).not.toContain('sock:38800')
  })
})

describe('the configuration', () => {
  const builder = testBuilder(defineBuilder({ config: settings, images: 'none', run: () => undefined }))

  test.each([
    [
      { http_directory: 'a', http_content: { '/b': 'c' } },
      'http_directory, http_content: exclude each other',
    ],
    [
      { http_interface: 'a', http_bind_address: 'b' },
      'http_bind_address, http_interface: exclude each other',
    ],
    [{ http_port_min: 9, http_port_max: 8 }, 'http_port_min: must not be above http_port_max, which is 8'],
    [{ http_port_max: 70_000 }, 'http_port_max: must be between 0 and 65535'],
    [{ http_network_protocol: 'unixpacket' as const }, 'use unix'],
  ])('%j is refused', async (given, message) => {
    await expect(builder.prepare(given)).rejects.toThrow(message)
  })
})
