import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { pluginRoot } from './plugin-root.ts'
import { targetOf } from './target.ts'

test('PACKER_PLUGIN_PATH is the folder, and a list of folders is refused', () => {
  expect(pluginRoot({ PACKER_PLUGIN_PATH: '/plugins', HOME: '/home/u' })).toBe('/plugins')
  expect(() => pluginRoot({ PACKER_PLUGIN_PATH: ['/a', '/b'].join(delimiter) })).toThrow(
    /several folders.*keep one/,
  )
})

test('without it the folder lies in the configuration folder, where packer has it', () => {
  const home = mkdtempSync(join(tmpdir(), 'ingot-root-'))
  expect(pluginRoot({ HOME: home }, 'linux')).toBe(join(home, '.config', 'packer', 'plugins'))
  expect(pluginRoot({ HOME: home, XDG_CONFIG_HOME: '/x' }, 'linux')).toBe(join('/x', 'packer', 'plugins'))
  mkdirSync(join(home, '.packer.d'))
  expect(pluginRoot({ HOME: home, XDG_CONFIG_HOME: '/x' }, 'linux')).toBe(join(home, '.packer.d', 'plugins'))
  expect(pluginRoot({ HOME: home, PACKER_CONFIG_DIR: '/c' }, 'linux')).toBe(
    join('/c', '.packer.d', 'plugins'),
  )
  expect(pluginRoot({ APPDATA: '/roaming' }, 'win32')).toBe(join('/roaming', '.packer.d', 'plugins'))
  rmSync(home, { recursive: true })
})

test('without any home the remedy is told', () => {
  expect(() => pluginRoot({}, 'linux')).toThrow(/HOME is not set.*PACKER_PLUGIN_PATH/)
})

test("machines are called by Go's names", () => {
  expect(targetOf('linux', 'x64')).toEqual({ os: 'linux', arch: 'amd64' })
  expect(targetOf('win32', 'ia32')).toEqual({ os: 'windows', arch: '386' })
  expect(targetOf('darwin', 'arm64')).toEqual({ os: 'darwin', arch: 'arm64' })
})
