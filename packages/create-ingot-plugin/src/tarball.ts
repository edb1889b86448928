import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { CreateError } from './create-error.ts'

/** What a package says of itself, as far as it matters here. */
export interface PackageManifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
}

const BLOCK = 512

/** How large a package may be when it is unpacked, in bytes. */
const UNPACKED_LIMIT = 64 * 1024 * 1024

/**
 * The manifest of a package in a tarball, as `npm pack` makes it.
 * @throws CreateError `sdk` for a file that is none.
 */
export function readManifest(file: string): PackageManifest {
  try {
    const text = memberOf(gunzipSync(readFileSync(file), { maxOutputLength: UNPACKED_LIMIT }))
    const manifest = JSON.parse(text)
    if (typeof manifest.name === 'string') return manifest
    throw new Error('its package.json has no name')
  } catch (error) {
    throw new CreateError('sdk', `${file} is no package of npm: ${(error as Error).message}`, error)
  }
}

/** Members are a block of names and numbers, then their content, filled up to whole blocks. */
function memberOf(tar: Buffer): string {
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const text = (from: number, to: number) =>
      tar.toString('latin1', at + from, at + to).replace(/\0.*$/s, '')
    const size = Number.parseInt(text(124, 136), 8) || 0
    const start = at + BLOCK
    if (text(0, 100) === 'package/package.json') return tar.toString('utf8', start, start + size)
    at = start + Math.ceil(size / BLOCK) * BLOCK
  }
  throw new Error('it has no package.json')
}
