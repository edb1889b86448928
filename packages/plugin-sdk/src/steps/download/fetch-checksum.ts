import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { type Checksum, parseChecksum } from './checksum.ts'
import { findChecksum } from './checksum-list.ts'
import { DownloadError } from './download-error.ts'
import { type FileSource, fileSource, shownSource, sourceName } from './file-source.ts'
import { httpGet } from './http-get.ts'

/** The longest list of checksums that is read: bytes. */
export const CHECKSUM_LIST_LIMIT = 4_194_304

/**
 * The checksum of a file, from where the template says: undefined where it says `none`.
 * @throws DownloadError
 */
export async function fetchChecksum(
  text: string,
  source: FileSource,
  signal: AbortSignal,
): Promise<Checksum | undefined> {
  const said = parseChecksum(text)
  if (said.kind === 'none') return
  if (said.kind === 'literal') return said.checksum
  const list = await readList(fileSource(said.source), said.source, signal)
  return findChecksum(list, sourceName(source))
}

async function readList(list: FileSource, text: string, signal: AbortSignal): Promise<string> {
  const stream = list.kind === 'local' ? createReadStream(list.path) : await openList(list.url, signal)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > CHECKSUM_LIST_LIMIT) {
      throw new DownloadError(
        'checksum',
        `${shownSource(text)} is longer than a list of checksums: is it one?`,
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function openList(url: URL, signal: AbortSignal): Promise<Readable> {
  const response = await httpGet(url, { signal })
  if (response.statusCode === 200) return response
  response.destroy()
  throw new DownloadError('refused', `${url.host} answered ${response.statusCode} for ${url.pathname}`)
}
