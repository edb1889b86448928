import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { finished, firstLine, goneWithin, hostFile, launch, pluginFile } from '../../test/processes.ts'
import { COOKIE, COOKIE_NAME, readHandshake } from '../handshake.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugin-rpc-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const start = (name: string, env = {}) =>
  launch(pluginFile, ['start', 'builder', name], { [COOKIE_NAME]: COOKIE, TMPDIR: folder, ...env })

describe("a plugin's executable", () => {
  it('describes itself on one line, in the words of a Go plugin, to anybody', async () => {
    const { code, stdout } = await finished(launch(pluginFile, ['describe']))
    expect(code).toBe(0)
    expect(stdout).toBe(
      '{"version":"1.2.3","sdk_version":"0.1.0","api_version":"x5.0",' +
        '"builders":["-packer-default-plugin-name-","broken","endless","exits","noisy","rejects","signalled","throws"],' +
        '"post_processors":[],"provisioners":[],"datasources":["environment"],"protocol_version":"v2"}\n',
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
    const plugin = start('noisy')
    const over = finished(plugin)
    const line = await firstLine(plugin)
    expect(line).toMatch(/^5\|0\|unix\|.*packer-plugin[0-9a-f]+$/)
    const { address } = readHandshake(line) as { address: string }
    expect(address.startsWith(folder)).toBe(true)
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
    const plugin = start('noisy', { TMPDIR: join(folder, 'x'.repeat(100)) })
    const over = finished(plugin)
    const { address } = readHandshake(await firstLine(plugin)) as { address: string }
    expect(Buffer.byteLength(address)).toBeLessThan(104)
    plugin.kill('SIGKILL')
    await over
    rmSync(address, { force: true })
  })

  it('is gone within a second after its host was killed in the middle of a call, and has cleaned up', async () => {
    const mark = join(folder, 'mark')
    const host = launch(hostFile, [], { MARK: mark })
    const pid = Number((await firstLine(host)).replace('running ', ''))
    host.kill('SIGKILL')
    expect(await goneWithin(pid, 3_000)).toBeLessThan(1_500)
    expect(readFileSync(mark, 'utf8')).toBe('The host of this plugin has gone.')
  })

  it('is gone soon after a host that was killed before it connected', async () => {
    const script = `
      const { spawn } = require('node:child_process')
      const plugin = spawn(process.execPath, ${JSON.stringify([pluginFile, 'start', 'builder', 'noisy'])}, { stdio: ['ignore', 'pipe', 'inherit'] })
      plugin.stdout.once('data', () => console.log(plugin.pid))`
    const host = launch('-e', [script], { [COOKIE_NAME]: COOKIE, TMPDIR: folder })
    const pid = Number(await firstLine(host))
    host.kill('SIGKILL')
    expect(await goneWithin(pid, 5_000)).toBeDefined()
  })
})
