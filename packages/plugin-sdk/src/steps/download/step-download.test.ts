import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defineBuilder } from '../../builder/definition.ts'
import { config } from '../../config/config.ts'
import { type TestBuildOptions, testBuilder } from '../../testing/test-builder.ts'
import { runSteps } from '../run-steps.ts'
import { type DownloadOptions, stepDownload } from './step-download.ts'

const content = Buffer.from('0123456789'.repeat(10_000))
const sha256 = createHash('sha256').update(content).digest('hex')
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

let folder: string
let server: Server
let origin: string
let requests: { readonly url: string; readonly range: string | undefined }[]
let serve: RequestListener

/** A server as they are: whole files, and ranges of them. */
const wellBehaved: RequestListener = (request, response) => {
  const [, start] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? []
  if (request.url === '/SUMS') return response.end(`${sha256}  disk.iso\n${'0'.repeat(64)}  other.iso\n`)
  if (request.url === '/moved') return response.writeHead(302, { location: '/disk.iso' }).end()
  if (!request.url!.startsWith('/disk')) return response.writeHead(404).end('no')
  if (start === undefined) return response.writeHead(200, { 'content-length': content.length }).end(content)
  const from = Number(start)
  if (from >= content.length) return response.writeHead(416).end()
  const range = `bytes ${from}-${content.length - 1}/${content.length}`
  return response.writeHead(206, { 'content-range': range }).end(content.subarray(from))
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-download-'))
  process.env['PACKER_CACHE_DIR'] = join(folder, 'cache')
  requests = []
  serve = wellBehaved
  server = createServer((request, response) => {
    requests.push({ url: request.url!, range: request.headers.range })
    serve(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  delete process.env['HTTP_PROXY']
  await rm(folder, { recursive: true })
})

const isWhole = async (path: string) => (await readFile(path)).equals(content)
const cached = () => readdir(join(folder, 'cache')).catch(() => [])

async function download(options: Partial<DownloadOptions>, run: TestBuildOptions = {}) {
  let found = { path: '', source: '' }
  const builder = defineBuilder({
    config: config({}),
    images: 'none',
    async run(build) {
      const step = stepDownload({
        description: 'ISO',
        urls: [`${origin}/disk.iso`],
        resultKey: 'iso_path',
        ...options,
      })
      const state = await runSteps([step], build)
      found = { path: state.get('iso_path'), source: state.get('SourceImageURL') }
      return undefined
    },
  })
  const { output } = await testBuilder(builder).run({}, run)
  return { ...found, output }
}

describe('a download', () => {
  test('goes into the cache under its checksum, once', async () => {
    const options = { checksum: `sha256:${sha256}`, extension: 'iso' }
    const { path, source, output } = await download(options)
    expect(path).toBe(join(folder, 'cache', `${sha1(`sha256:${sha256}`)}.iso`))
    expect(source).toBe(`${origin}/disk.iso`)
    expect(await isWhole(path)).toBe(true)
    expect(output.split('\n')).toEqual([
      'Retrieving ISO',
      `Trying ${origin}/disk.iso`,
      `${origin}/disk.iso => ${path}`,
    ])
    expect((await download(options)).path).toBe(path)
    expect(requests).toHaveLength(1)
    expect(await cached()).toEqual([`${sha1(`sha256:${sha256}`)}.iso`])
  })

  test('without a checksum goes by its URL, and warns where that was said', async () => {
    const { path, output } = await download({ checksum: 'none' })
    expect(path).toBe(join(folder, 'cache', sha1(`${origin}/disk.iso`)))
    expect(output).toContain('Warning: nothing checks that ISO is the right file')
    expect((await download({})).output).not.toContain('Warning')
  })

  test('goes where it is told, in the place of another file', async () => {
    const targetPath = join(folder, 'mine.iso')
    await writeFile(targetPath, 'old')
    expect((await download({ targetPath, checksum: sha256 })).path).toBe(targetPath)
    expect(await isWhole(targetPath)).toBe(true)
  })

  test('tries one URL after the other', async () => {
    const urls = [`${origin}/gone`, 'http://127.0.0.1:1/x', `${origin}/moved`]
    const { source, output } = await download({ urls, checksum: sha256 })
    expect(source).toBe(`${origin}/moved`)
    expect(output).toMatch(/Downloading .*\/gone failed: .* answered 404 Not Found for \/gone/)
    expect(output).toContain('failed: 127.0.0.1:1 cannot be reached')
  })

  test('of which no URL works fails with all reasons', async () => {
    await expect(download({ urls: [`${origin}/a`, 'ftp://x/y'] })).rejects.toThrow(
      /Downloading ISO failed: .*404 Not Found for \/a; ftp:\/\/x\/y is no URL/,
    )
    await expect(download({ urls: [] })).rejects.toThrow('there is no URL')
  })

  test('that is another file fails, and nothing of it stays', async () => {
    await expect(download({ checksum: 'f'.repeat(64) })).rejects.toThrow(
      `The checksum should be sha256:${'f'.repeat(64)}, but is sha256:${sha256}`,
    )
    expect(await cached()).toEqual([])
  })

  test('hides the password of a URL', async () => {
    const url = origin.replace('//', '//user:s3cret@')
    const { output } = await download({ urls: [`${url}/disk.iso`] })
    expect(output).toContain('user:***@127.0.0.1')
    expect(output).not.toContain('s3cret')
  })

  test('goes through the proxy of the environment', async () => {
    process.env['HTTP_PROXY'] = origin
    serve = (request, response) => {
      request.url = new URL(request.url!).pathname
      wellBehaved(request, response)
    }
    const { path } = await download({ urls: ['http://mirror.example.org/disk.iso'], checksum: sha256 })
    expect(requests[0]!.url).toBe('http://mirror.example.org/disk.iso')
    expect(await isWhole(path)).toBe(true)
  })
})

describe('a broken download', () => {
  /** Breaks off in the middle, so many times. */
  const breaking = (times: number): RequestListener => {
    let left = times
    return (request, response) => {
      if (left === 0) return wellBehaved(request, response)
      left -= 1
      const [, start = '0'] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? []
      const from = Number(start)
      const head =
        from > 0 ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': content.length - from, ...head })
      // What the client has not read yet would be lost with the connection.
      response.write(content.subarray(from, from + 20_000), () => setTimeout(() => response.destroy(), 100))
    }
  }

  test('is taken up where it ended', async () => {
    serve = breaking(2)
    const { path } = await download({ checksum: sha256 })
    expect(await isWhole(path)).toBe(true)
    expect(requests.map(({ range }) => range)).toEqual([undefined, 'bytes=20000-', 'bytes=40000-'])
  })

  test('begins anew without a checksum, which would tell whether it is right', async () => {
    serve = breaking(1)
    const { path } = await download({})
    expect(await isWhole(path)).toBe(true)
    expect(requests.map(({ range }) => range)).toEqual([undefined, undefined])
  })

  test('is never there under its own name, and is taken up by the next build', async () => {
    serve = breaking(99)
    await expect(download({ checksum: sha256 })).rejects.toThrow('Downloading ISO failed')
    expect(await cached()).toEqual([`${sha1(sha256)}.partial`])
    const { length } = await readFile(join(folder, 'cache', `${sha1(sha256)}.partial`))
    expect(length).toBeGreaterThan(0)
    serve = wellBehaved
    const { path } = await download({ checksum: sha256 })
    expect(await isWhole(path)).toBe(true)
    expect(requests.at(-1)!.range).toBe(`bytes=${length}-`)
    expect(await cached()).toEqual([sha1(sha256)])
  })

  test('without a checksum leaves nothing', async () => {
    serve = breaking(99)
    await expect(download({})).rejects.toThrow('Downloading ISO failed')
    expect(await cached()).toEqual([])
  })

  test.each(['rubbish', 'r'.repeat(200_000)])('of another file begins anew', async (left) => {
    await download({ checksum: sha256 })
    await rm(join(folder, 'cache', sha1(sha256)))
    await writeFile(join(folder, 'cache', `${sha1(sha256)}.partial`), left)
    const { path } = await download({ checksum: sha256 })
    expect(await isWhole(path)).toBe(true)
  })

  test('of a cancelled build ends at once', async () => {
    const stop = new AbortController()
    serve = (_, response) => {
      response.writeHead(200, { 'content-length': content.length })
      response.write('begin', () => stop.abort())
    }
    await expect(download({ checksum: sha256 }, { signal: stop.signal })).rejects.toThrow('cancelled')
  })

  test('is not begun twice at a time', async () => {
    const both = await Promise.all([download({ checksum: sha256 }), download({ checksum: sha256 })])
    expect(both[0].path).toBe(both[1].path)
    expect(requests).toHaveLength(1)
    expect(both.map(({ output }) => output).join()).toContain(
      'Waiting for another build that downloads disk.iso',
    )
  })
})

describe('a checksum', () => {
  test.each(['md5', 'sha1', 'sha256', 'sha512'])(
    'of %s is checked, with its name and without',
    async (algorithm) => {
      const hex = createHash(algorithm).update(content).digest('hex')
      await download({ checksum: `${algorithm}:${hex.toUpperCase()}` })
      await download({ checksum: hex })
      const wrong = hex.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
      await expect(download({ checksum: wrong })).rejects.toThrow('The checksum should be')
    },
  )

  test('may be in a list', async () => {
    const { path } = await download({ checksum: `file:${origin}/SUMS` })
    expect(await isWhole(path)).toBe(true)
    await writeFile(join(folder, 'SUMS'), `SHA256 (disk.iso) = ${sha256}\n`)
    await download({ checksum: `file:${join(folder, 'SUMS')}` })
    await download({ checksum: `file:file://${join(folder, 'SUMS')}` })
    await expect(download({ checksum: `file:${origin}/none` })).rejects.toThrow('404')
    await expect(download({ checksum: `file:${origin}/disk.iso` })).rejects.toThrow('has none for disk.iso')
  })

  test.each(['sha256:12', 'xyz', 'md4:00', 'file:', `md5:${sha256}`])('%s is none', async (checksum) => {
    await expect(download({ checksum })).rejects.toThrow(`"${checksum}" is no checksum: write md5:`)
  })
})

describe('a local file', () => {
  test('is used where it is', async () => {
    const path = join(folder, 'local.iso')
    await writeFile(path, content)
    for (const url of [path, `file://${path}`]) {
      expect((await download({ urls: [url], checksum: sha256 })).path).toBe(path)
    }
    expect(await cached()).toEqual([])
  })

  test('is checked', async () => {
    const path = join(folder, 'local.iso')
    await writeFile(path, 'else')
    await expect(download({ urls: [path], checksum: sha256 })).rejects.toThrow('The checksum should be')
    await expect(download({ urls: [join(folder, 'nothing')] })).rejects.toThrow('Downloading ISO failed')
  })

  test('is copied where a target is told', async () => {
    const [path, targetPath] = [join(folder, 'local.iso'), join(folder, 'copy.iso')]
    await writeFile(path, content)
    expect((await download({ urls: [path], targetPath })).path).toBe(targetPath)
    expect(await isWhole(targetPath)).toBe(true)
  })
})
