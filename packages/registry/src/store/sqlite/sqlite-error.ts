import { StoreError } from '../store-error.ts'

const readonly = 8
const ioError = 10
const corrupt = 11
const full = 13
const cannotOpen = 14
const notADatabase = 26

/** What an error of SQLite or of the file system means for the database at a path, and what to do about it. */
export function storeError(cause: unknown, path: string): StoreError {
  if (cause instanceof StoreError) return cause
  const { errcode, code, message } = cause as { errcode?: number; code?: string; message?: string }
  const say = (trouble: ConstructorParameters<typeof StoreError>[0], text: string) =>
    new StoreError(trouble, text, { cause })
  switch ((errcode ?? 0) & 0xff) {
    case corrupt:
    case notADatabase:
      return say(
        'damaged',
        `The database ${path} is damaged (${message}). Stop the registry and put a backup in its place; keep the damaged file.`,
      )
    case full:
      return say(
        'full',
        `The disk that holds ${path} is full. Free some space; nothing that was answered is lost.`,
      )
    case readonly:
    case cannotOpen:
      return unwritable(path, cause)
    case ioError:
      return say(
        'failed',
        `The disk that holds ${path} does not read or write (${message}). Look at the system's log.`,
      )
    case 5:
    case 6:
      return say(
        'busy',
        `Another program holds the database ${path}. Stop it; one registry owns a data directory.`,
      )
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR')
    return unwritable(path, cause)
  if (code === 'ENOSPC') return say('full', `The disk that holds ${path} is full. Free some space.`)
  return say('failed', `The database ${path} failed: ${message ?? cause}`)
}

function unwritable(path: string, cause: unknown): StoreError {
  return new StoreError(
    'unwritable',
    `The database ${path} cannot be opened for writing. Check that its directory exists and belongs to the user who runs the registry, or choose another with --data.`,
    { cause },
  )
}

/** Whether an error is one of SQLite's and not of the work that was done with it. */
export function isSqliteError(error: unknown): boolean {
  return error instanceof Error && (error as { code?: string }).code === 'ERR_SQLITE_ERROR'
}

/** The error of those who come after the end. */
export function closed(path: string): StoreError {
  return new StoreError('failed', `The database ${path} is closed. Start the registry again.`)
}
