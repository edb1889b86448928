import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { Store } from '../store/store.ts'

/** A database of its own, which can be closed and opened again. */
export interface TemporaryDatabase extends AsyncDisposable {
  open(): Promise<Store>
}

/** Every database that a registry can run on: each suite of the store and of the use cases runs on all of them. */
export const drivers: readonly (readonly [name: string, create: () => Promise<TemporaryDatabase>])[] = [
  ['SQLite', temporarySqlite],
]

/** An empty directory that goes when it is disposed of. */
export async function temporaryDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'ingot-registry-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

async function temporarySqlite(): Promise<TemporaryDatabase> {
  const directory = await temporaryDirectory()
  return {
    open: () => SqliteStore.open(join(directory.path, 'registry.db')),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  }
}
