import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { finished, firstLine, goneWithin, launch, pluginFile } from '../../test/processes.ts'
import { type Address, COOKIE, COOKIE_NAME, readHandshake } from '../handshake.ts'

const folders: string[] = []

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plugin-rpc-'))
  folders.push(folder)
  return folder
}

const start = (name: string, folder: string) =>
  launch(pluginFile, ['start', 'builder', name], { [COOKIE_NAME]: COOKIE, TMPDIR: folder })

const addressOf = async (plugin: ReturnType<typeof launch>) =>
  (readHandshake(await firstLine(plugin)) as Address).address

describe.concurrent("a plugin's executable", () => {
  it('describes itself on one line, in the words of a Go plugin, to anybody', async () => {
    const { code, stdout } = await finished(launch(pluginFile, ['describe']))
    expect(code).toBe(0)
    expect(stdout).toBe(
      '{"version":"1.2.3","sdk_version":"0.1.0","api_version":"x5.0",' +
        '"builders":["-packer-default-plugin-name-","broken","endless","exits","noisy","panics","provisions","rejects",' +
        '"signalled","throws","throws-early"],"post_processors":["endless","passing"],' +
        '"provisioners":["-packer-default-plugin-name-","cleans-up","endless"],"datasources":["environment"],"protocol_version":"v2"}\n',
    )
  })

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['run by hand', ['start', 'builder', 'noisy'], {}, /plugin of packer/],
    ['asked for something else', ['install'], {}, /There is no command install/],
    [
      'asked for a component that it does not have',
      ['start', 'builder', 'x'],
      { [COOKIE_NAME]: COOKIE },
      /no builder called x/,
    ],
    [
      'asked for a component of another kind',
      ['start', 'post-processor', 'noisy'],
      { [COOKIE_NAME]: COOKIE },
      /no post-processor called noisy/,
    ],
    [
      'asked for a component that is everywhere',
      ['start', 'builder', 'constructor'],
      { [COOKIE_NAME]: COOKIE },
      /no builder called/,
    ],
    [
      'asked for a component that cannot be made',
      ['start', 'builder', 'broken'],
      { [COOKIE_NAME]: COOKIE },
      /cannot be made/,
    ],
  ])('ends with 1 and says why when it is %s', async (_, args, env, message) => {
    const { code, stdout, stderr } = await finished(launch(pluginFile, args, env))
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(message)
  })

  it('says where it listens, lets one connection in, and leaves nothing behind', async () => {
    const folder = newFolder()
    const plugin = start('noisy', folder)
    const over = finished(plugin)
    const line = await firstLine(plugin)
    expect(line).toMatch(/^5\|0\|unix\|.*packer-plugin[0-9a-z]+$/)
    const { address } = readHandshake(line) as Address
    expect(address.startsWith(folder)).toBe(true)
    expect(statSync(address).mode & 0o077).toBe(0)
    const host = connect({ path: address })
    await new Promise((resolve) => host.once('connect', resolve))
    while (existsSync(address)) await new Promise((resolve) => setTimeout(resolve, 5))
    const second = connect({ path: address })
    expect(
      await new Promise((resolve) =>
        second.once('error', (error: NodeJS.ErrnoException) => resolve(error.code)),
      ),
    ).toBe('ENOENT')
    host.destroy()
    expect((await over).code).toBe(1)
  })

  it('goes where a socket fits when the temporary directory has too long a name', async () => {
    const plugin = start('noisy', join(newFolder(), 'x'.repeat(100)))
    const over = finished(plugin)
    const address = await addressOf(plugin)
    expect(Buffer.byteLength(address)).toBeLessThan(104)
    plugin.kill('SIGTERM')
    await over
    expect(existsSync(address)).toBe(false)
  })

  it.each(['SIGHUP', 'SIGINT', 'SIGTERM'] as const)(
    'leaves no socket behind when %s ends it before a host came',
    async (signal) => {
      const folder = newFolder()
      const plugin = start('noisy', folder)
      const over = finished(plugin)
      expect(existsSync(await addressOf(plugin))).toBe(true)
      plugin.kill(signal)
      expect((await over).code).toBe(128 + constants.signals[signal])
      expect(readdirSync(folder)).toEqual([])
    },
  )

  it('leaves no socket behind when its own error ends it before a host came, and says so in the log alone', async () => {
    const folder = newFolder()
    const { code, stderr } = await finished(start('throws-early', folder))
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^\d{4}\/\d\d\/\d\d .*Nothing caught an error: Error: panic - before there was a host/,
    )
    expect(stderr).not.toContain('panic:')
    expect(readdirSync(folder)).toEqual([])
  })

  it('is gone soon after a host that was killed before it connected', async () => {
    const script = `
      const { spawn } = require('node:child_process')
      const plugin = spawn(process.execPath, ${JSON.stringify([pluginFile, 'start', 'builder', 'noisy'])}, { stdio: ['ignore', 'pipe', 'inherit'] })
      plugin.stdout.once('data', () => console.log(plugin.pid))`
    const folder = newFolder()
    const host = launch('-e', [script], { [COOKIE_NAME]: COOKIE, TMPDIR: folder })
    const pid = Number(await firstLine(host))
    host.kill('SIGKILL')
    expect(await goneWithin(pid, 5_000)).toBeDefined()
    expect(readdirSync(folder)).toEqual([])
  })
})
