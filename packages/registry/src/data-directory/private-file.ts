import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { RegistryStartError, reasonOf } from '../start-error.ts'

const ownerOnly = 0o600
const ownerOnlyDirectory = 0o700

/** Makes a directory that only its owner can enter. One that is there already keeps its permissions. */
export function makePrivateDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: ownerOnlyDirectory })
  } catch (error) {
    throw unwritable(directory, error)
  }
}

/** Writes a file that only its owner can read: wholly or not at all, whenever the machine stops. */
export function writePrivateFile(path: string, content: string): void {
  const draft = `${path}.new`
  try {
    rmSync(draft, { force: true })
    writeThrough(draft, content)
    renameSync(draft, path)
    syncDirectory(dirname(path))
  } catch (error) {
    throw unwritable(dirname(path), error)
  }
}

/** The content of a file; nothing when there is none. */
export function readPrivateFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return
    const remedy = 'Give this user the right to read it.'
    throw RegistryStartError.of('file.damaged', { file: path, reason: reasonOf(error), remedy }, error)
  }
}

function writeThrough(path: string, content: string): void {
  const file = openSync(path, 'wx', ownerOnly)
  try {
    writeSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function unwritable(directory: string, error: unknown): RegistryStartError {
  return RegistryStartError.of('data.unwritable', { directory, reason: reasonOf(error) }, error)
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
