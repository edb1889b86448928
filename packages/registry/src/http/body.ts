import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { Refusal } from '../domain/refusal.ts'
import { MAX_DRAIN, MAX_JSON_DEPTH } from './limits.ts'

/** Reads a request's body; refuses one of more than `limit` bytes as soon as that is known. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(tooLarge(limit))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else reject(tooLarge(limit))
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    request.on('error', () => reject(new Gone())) // of the connection: there is nobody to tell
    request.on('close', () => {
      if (!request.complete) reject(new Gone())
    })
  })
}

/**
 * Reads what still comes of a request, up to a limit, because a sender in the middle of its body does not look for an answer.
 * Tells whether the request is whole now.
 */
export async function drain(request: IncomingMessage): Promise<boolean> {
  if (request.complete || request.destroyed) return request.complete
  discard(request)
  await new Promise((resolve) => request.once('end', resolve).once('close', resolve))
  return request.complete
}

/** Throws away what comes; ends the source that goes on beyond the limit. */
export function discard(source: Readable): void {
  let size = 0
  source.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > MAX_DRAIN) source.destroy()
  })
}

/** The client went away before its request was whole: nobody is there to answer to. */
export class Gone extends Error {
  override readonly name = 'Gone'
}

function tooLarge(limit: number): Refusal {
  return new Refusal('request.too-large', { limit })
}

/**
 * A body as JSON, whatever it calls itself; nothing at all counts as `{}`. Refuses what is no JSON, is nested too deep, or
 * holds text that no database keeps unchanged (NUL, halves of surrogate pairs).
 */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw malformed('the body is not UTF-8 text')
  const text = bytes.toString().trim()
  if (text === '' || text === 'null') return {}
  const value = parsed(text)
  refuseUnkeepable(value, '', 0)
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw malformed(`the body is not JSON (${error.message})`)
    throw error
  }
}

function refuseUnkeepable(value: unknown, field: string, depth: number): void {
  if (typeof value === 'string') refuseText(value, field)
  if (typeof value !== 'object' || value === null) return
  if (depth === MAX_JSON_DEPTH) throw malformed(`the body is nested more than ${MAX_JSON_DEPTH} levels deep`)
  for (const [name, each] of Object.entries(value)) {
    const below = field === '' ? name : `${field}.${name}`
    if (!Array.isArray(value)) refuseText(name, field === '' ? 'a name in the body' : `a name in ${field}`)
    refuseUnkeepable(each, below, depth + 1)
  }
}

/** Refuses a text that a database would not give back as it was. */
export function refuseText(text: string, field: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return
  throw new Refusal('text.unprintable', { field })
}

export function malformed(problem: string): Refusal {
  return new Refusal('request.malformed', { problem })
}
