import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { RegistryStartError, reasonOf } from '../start-error.ts'
import { readAddress } from './address.ts'
import type { Layout } from './layout.ts'

/** A held lock of a data directory. */
export interface Lock {
  release(): void
}

const busy = 5

/**
 * Takes the data directory for this process. The lock is an exclusive transaction on an empty SQLite file: the operating
 * system frees it however the process ends, so none is ever left behind.
 */
export function lockDataDirectory(files: Layout): Lock {
  try {
    closeSync(openSync(files.lock, 'a', 0o600))
  } catch (error) {
    throw RegistryStartError.of(
      'data.unwritable',
      { directory: files.directory, reason: reasonOf(error) },
      error,
    )
  }
  const database = new DatabaseSync(files.lock)
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    throw refusal(files, error)
  }
  return { release: () => database.close() }
}

function refusal(files: Layout, error: unknown): RegistryStartError {
  const { directory } = files
  if (error instanceof Error && 'errcode' in error && error.errcode === busy) {
    const holder = readAddress(files)
    const words = holder ? ` (process ${holder.pid}, ${holder.url})` : ''
    return RegistryStartError.of('data.locked', { directory, holder: words }, error)
  }
  return RegistryStartError.of('data.unwritable', { directory, reason: reasonOf(error) }, error)
}
