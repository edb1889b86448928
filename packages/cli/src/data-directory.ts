import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>

/** Where the registry keeps everything: `--data`, else `INGOT_DATA`, else a folder of the user's own. */
export function dataDirectory(given: string | undefined, env: Environment = process.env): string {
  return resolve(given || env['INGOT_DATA'] || join(dataHome(env), 'ingot'))
}

/** Where the registry listens: `--listen`, else `INGOT_LISTEN`, else port 8443 of this machine alone. */
export function listenAddress(given: string | undefined, env: Environment = process.env): string {
  return given || env['INGOT_LISTEN'] || '127.0.0.1:8443'
}

function dataHome(env: Environment): string {
  if (process.platform === 'win32') return env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  return env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share')
}
