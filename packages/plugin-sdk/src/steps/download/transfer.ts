import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BuildUi } from '../../ui/build-ui.ts'
import { DownloadError } from './download-error.ts'
import { type FileSource, sourceName } from './file-source.ts'
import { httpGet } from './http-get.ts'

/** How often a transfer that breaks is taken up again. */
export const TRANSFER_ATTEMPTS = 3

/** What a transfer works with. */
export interface TransferContext {
  readonly ui: BuildUi
  readonly signal: AbortSignal
  /** Whether what is there of the file is taken up, because the caller sees whether it is right in the end. */
  readonly resumes: boolean
}

interface Body {
  readonly stream: Readable
  /** How many bytes of the file come before it. */
  readonly from: number
  /** Of the whole file; 0 where it is not known. */
  readonly size: number
}

/**
 * Brings a file to `path`. What a broken transfer has brought stays there.
 * @throws DownloadError
 */
export async function transfer(source: FileSource, path: string, context: TransferContext): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await bring(source, path, context)
      return
    } catch (error) {
      context.signal.throwIfAborted()
      const isLasting = error instanceof DownloadError && error.code !== 'unreachable'
      if (isLasting || attempt === TRANSFER_ATTEMPTS) throw error
    }
  }
}

async function bring(source: FileSource, path: string, context: TransferContext): Promise<void> {
  const there = context.resumes ? await sizeOf(path) : 0
  const body =
    source.kind === 'local' ? await readLocal(source.path) : await readHttp(source.url, there, context.signal)
  const progress = await context.ui.trackProgress({
    source: sourceName(source),
    totalSize: body.size,
    currentSize: body.from,
  })
  let received = body.from
  body.stream.on('data', (chunk: Buffer) => {
    received += chunk.length
    void progress.add(chunk.length)
  })
  try {
    await pipeline(body.stream, createWriteStream(path, { flags: body.from > 0 ? 'a' : 'w' }), {
      signal: context.signal,
    })
  } finally {
    void progress.close()
  }
  if (body.size > 0 && received !== body.size) {
    throw new DownloadError(
      'unreachable',
      `${sourceName(source)} ended after ${received} of ${body.size} bytes`,
    )
  }
}

async function readLocal(path: string): Promise<Body> {
  const { size } = await stat(path)
  return { stream: createReadStream(path), from: 0, size }
}

async function readHttp(url: URL, there: number, signal: AbortSignal): Promise<Body> {
  const response = await httpGet(url, {
    signal,
    ...(there > 0 ? { headers: { range: `bytes=${there}-` } } : {}),
  })
  const { statusCode: status = 0, headers } = response
  if (status === 200) return { stream: response, from: 0, size: Number(headers['content-length'] ?? 0) }
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers['content-range'] ?? '') ?? []
  if (status === 206 && Number(start) === there) return { stream: response, from: there, size: Number(total) }
  response.destroy()
  // What is there may be whole, or of another file: who checks it would not tell.
  if ((status === 416 || status === 206) && there > 0) return readHttp(url, 0, signal)
  throw new DownloadError(
    'refused',
    `${url.host} answered ${status} ${response.statusMessage} for ${url.pathname}`,
  )
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
