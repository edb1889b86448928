import type { Migration } from 'kysely'

/** The line of migrations, oldest first. A released one is never edited; the schema only grows by new ones. */
export const migrations: Readonly<Record<string, () => Promise<Migration>>> = {
  '0001-registry': () => import('./0001-registry.ts'),
}

/** The names of all migrations: what the database of this program has gone through. */
export const migrationNames: readonly string[] = Object.keys(migrations)
