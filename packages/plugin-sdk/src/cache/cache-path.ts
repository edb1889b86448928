import { mkdir } from 'node:fs/promises'
import { posix, resolve, win32 } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The cache that all plugins of a user share with Packer lies nowhere. */
export class CacheFolderError extends Error {
  override readonly name = 'CacheFolderError'
}

/**
 * Where something lies in the cache that Packer and its plugins share, such as a download; the folder that it lies in is
 * made. Other builds use the cache at the same time: write beside it and rename.
 * @throws CacheFolderError when the environment names no place for it.
 *
 * @example
 * const iso = await cachePath('isos', `${checksum}.iso`)
 */
export async function cachePath(...parts: readonly string[]): Promise<string> {
  const path = resolve(cacheFolder(process.env), ...parts)
  await mkdir(parts.length > 0 ? resolve(path, '..') : path, { recursive: true })
  return path
}

/** As Packer has it: `$PACKER_CACHE_DIR`, else `packer` in the user's own folder for caches. */
export function cacheFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  if (env['PACKER_CACHE_DIR']) return env['PACKER_CACHE_DIR']
  if (platform === 'win32' && env['APPDATA']) return win32.join(env['APPDATA'], 'packer.d', 'cache')
  if (env['XDG_CACHE_HOME']) return posix.join(env['XDG_CACHE_HOME'], 'packer')
  if (env['HOME']) return posix.join(env['HOME'], '.cache', 'packer')
  throw new CacheFolderError('There is no folder for the cache: set PACKER_CACHE_DIR, or HOME')
}
