import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Entry, ZipFile } from 'yauzl'
import { UserError } from '../explain.ts'
import { type Found, jsonObjects } from './json-objects.ts'

/** How much larger a file of an archive may be when it is unpacked; JSON seldom shrinks to a fiftieth. */
export const MAX_UNPACKED_RATIO = 200
/** Bytes that may be unpacked whatever the ratio. */
const alwaysUnpacked = 1024 * 1024

/**
 * The advisories of a file (a JSON array, JSON lines, or one object), of a zip archive of such files, or of a folder of either.
 *
 * @throws UserError that names file and line of what cannot be read
 */
export async function* advisoriesIn(path: string): AsyncGenerator<Found> {
  try {
    const folder = (await stat(path)).isDirectory()
    for await (const file of folder ? filesIn(path) : [path])
      yield* file.toLowerCase().endsWith('.zip') ? inZip(file) : jsonObjects(createReadStream(file), file)
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new UserError(`${path} cannot be read: ${error.message}`, { cause: error })
    throw error
  }
}

const isJson = (name: string) => /\.(json|jsonl|ndjson)$/i.test(name)

/** In the order of their names. */
async function* filesIn(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesIn(path)
    else if (entry.isFile() && (isJson(entry.name) || /\.zip$/i.test(entry.name))) yield path
  }
}

async function* inZip(path: string): AsyncGenerator<Found> {
  const { openPromise } = await import('yauzl')
  const zip = await openPromise(path).catch((error: Error) => Promise.reject(unreadable(path, error)))
  try {
    for await (const entry of zip.eachEntry()) if (isJson(entry.fileName)) yield* inEntry(zip, path, entry)
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error)) throw error
    throw unreadable(path, error)
  } finally {
    if (zip.isOpen) zip.close()
  }
}

async function* inEntry(zip: ZipFile, path: string, entry: Entry): AsyncGenerator<Found> {
  const name = `${path}: ${entry.fileName}`
  const { compressedSize, uncompressedSize } = entry
  if (uncompressedSize > alwaysUnpacked && uncompressedSize > compressedSize * MAX_UNPACKED_RATIO)
    throw new UserError(
      `${name} would unpack to more than ${MAX_UNPACKED_RATIO} times its size; advisories do not. Unpack the archive, and look at what is in it.`,
    )
  yield* jsonObjects(await zip.openReadStreamPromise(entry), name)
}

function unreadable(path: string, error: Error): UserError {
  return new UserError(`${path} is no zip archive that can be read: ${error.message}`, { cause: error })
}
