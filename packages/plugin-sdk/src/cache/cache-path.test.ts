import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CacheFolderError, cacheFolder, cachePath } from './cache-path.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-cache-'))
  vi.stubEnv('PACKER_CACHE_DIR', join(folder, 'cache'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

test.each<[Record<string, string>, NodeJS.Platform, string]>([
  [{ PACKER_CACHE_DIR: '/mine', XDG_CACHE_HOME: '/xdg', HOME: '/home/me' }, 'linux', '/mine'],
  [{ PACKER_CACHE_DIR: '', XDG_CACHE_HOME: '/xdg', HOME: '/home/me' }, 'linux', '/xdg/packer'],
  [{ HOME: '/home/me' }, 'darwin', '/home/me/.cache/packer'],
  [{ APPDATA: 'C:\\Users\\me\\AppData' }, 'win32', 'C:\\Users\\me\\AppData\\packer.d\\cache'],
])('with %o on %s the cache is %s', (env, platform, path) => {
  expect(cacheFolder(env, platform)).toBe(path)
})

test('without any place the remedy is told', () => {
  expect(() => cacheFolder({}, 'linux')).toThrow(CacheFolderError)
  expect(() => cacheFolder({}, 'linux')).toThrow('set PACKER_CACHE_DIR')
})

test('the folder that something lies in is there, and what lies there is not', async () => {
  const path = await cachePath('isos', 'a.iso')
  expect(path).toBe(join(folder, 'cache/isos/a.iso'))
  expect((await stat(join(folder, 'cache/isos'))).isDirectory()).toBe(true)
  await expect(stat(path)).rejects.toThrow('ENOENT')
  expect((await stat(await cachePath())).isDirectory()).toBe(true)
})
