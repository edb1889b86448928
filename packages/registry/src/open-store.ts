import { RegistryStartError } from './start-error.ts'
import { SqliteStore } from './store/sqlite/sqlite-store.ts'
import { StoreError, type StoreTrouble } from './store/store-error.ts'

const startCode = {
  damaged: 'data.damaged',
  newer: 'data.newer',
  unwritable: 'data.failed',
  full: 'data.failed',
  busy: 'data.failed',
  failed: 'data.failed',
} as const satisfies Readonly<Record<StoreTrouble, string>>

/** Opens the database, and tells its trouble as a reason for which the registry does not start. */
export async function openStore(file: string): Promise<SqliteStore> {
  try {
    return await SqliteStore.open(file)
  } catch (error) {
    throw error instanceof StoreError ? RegistryStartError.of(startCode[error.code], error, error) : error
  }
}

/** What a client may read of an error of the database; nothing for any other error. */
export function storeTrouble(error: unknown): string | undefined {
  return error instanceof StoreError ? error.message : undefined
}
