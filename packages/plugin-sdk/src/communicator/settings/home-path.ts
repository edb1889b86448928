import { homedir } from 'node:os'
import { join } from 'node:path'

/** The path with a `~` at its beginning as the home directory. */
export function withHome(path: string): string {
  return path === '~' || /^~[/\\]/.test(path) ? join(homedir(), path.slice(1)) : path
}
