import { accessSync, constants, statSync } from 'node:fs'
import { bad, type Finding, good, reasonOf } from './check.ts'

const check = 'data directory'

/** Whether the directory is there, is the user's, and nobody else can read it. */
export function checkDataDirectory(dataDir: string): Finding {
  const here = statSync(dataDir, { throwIfNoEntry: false })
  if (!here) return bad(check, `${dataDir} is not there`, 'Start the registry: ingot serve')
  if (!here.isDirectory())
    return bad(check, `${dataDir} is no directory`, 'Name a directory with --data or INGOT_DATA')
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    return bad(check, reasonOf(error), `Give it to this user: chown -R "$USER" ${dataDir}`)
  }
  // Windows has no such mode.
  const open = process.platform !== 'win32' && (here.mode & 0o077) !== 0
  if (open) return bad(check, `others can read ${dataDir}`, `chmod -R go= ${dataDir}`)
  return good(check, dataDir)
}
