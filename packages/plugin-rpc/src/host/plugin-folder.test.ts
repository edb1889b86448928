import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { goTarget } from './go-target.ts'
import { PluginFolderError, pluginFolder } from './plugin-folder.ts'

test.each([
  [{ PACKER_PLUGIN_PATH: '/p', HOME: '/h' }, '/p'],
  [{ PACKER_CONFIG_DIR: '/c', HOME: '/h' }, '/c/.packer.d/plugins'],
  [{ HOME: '/h' }, '/h/.config/packer/plugins'],
  [{ HOME: '/h', XDG_CONFIG_HOME: '/x' }, '/x/packer/plugins'],
])('packer with %j looks in %s', (env, folder) => {
  expect(pluginFolder(env, 'linux')).toBe(folder)
})

test('a .packer.d of old is used where it is there', () => {
  const home = mkdtempSync(join(tmpdir(), 'ingot-folder-'))
  mkdirSync(join(home, '.packer.d'))
  expect(pluginFolder({ HOME: home, XDG_CONFIG_HOME: '/x' }, 'linux')).toBe(
    join(home, '.packer.d', 'plugins'),
  )
  rmSync(home, { recursive: true })
})

test('on Windows it lies under APPDATA, and a drive is no list', () => {
  expect(pluginFolder({ APPDATA: 'C:\\a' }, 'win32')).toContain('.packer.d')
  expect(pluginFolder({ PACKER_PLUGIN_PATH: 'C:\\a' }, 'win32')).toBe('C:\\a')
})

test('several folders are refused, as packer does', () => {
  expect(() => pluginFolder({ PACKER_PLUGIN_PATH: '/a:/b' }, 'linux')).toThrow(/several folders.*keep one/)
  expect(() => pluginFolder({ PACKER_PLUGIN_PATH: 'C:\\a;D:\\b' }, 'win32')).toThrow(PluginFolderError)
})

test('without any home the remedy is told', () => {
  expect(() => pluginFolder({}, 'linux')).toThrow(/HOME is not set.*PACKER_PLUGIN_PATH/)
})

test.each([
  ['linux', 'x64', { os: 'linux', arch: 'amd64' }],
  ['darwin', 'arm64', { os: 'darwin', arch: 'arm64' }],
  ['win32', 'ia32', { os: 'windows', arch: '386' }],
  ['sunos', 'x64', { os: 'solaris', arch: 'amd64' }],
])('%s %s is in Go’s names %j', (os, arch, target) => {
  expect(goTarget(os, arch)).toEqual(target)
})
