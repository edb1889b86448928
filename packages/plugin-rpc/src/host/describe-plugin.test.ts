import { describe, expect, it } from 'vitest'
import { pluginFile } from '../../test/processes.ts'
import { COOKIE_NAME } from '../handshake.ts'
import { DEFAULT_COMPONENT } from '../plugin/plugin-set.ts'
import { describePlugin } from './describe-plugin.ts'
import type { PluginError } from './plugin-error.ts'

const ask = (script: string, timeout = 20_000) =>
  describePlugin(process.execPath, { args: ['-e', script, '--'], timeout })

describe('the description of a plugin', () => {
  it('is read', async () => {
    expect(await describePlugin(process.execPath, { args: [pluginFile] })).toEqual({
      version: '1.2.3',
      sdkVersion: '0.1.0',
      apiVersion: 'x5.0',
      protocolVersion: 'v2',
      builders: expect.arrayContaining([DEFAULT_COMPONENT, 'broken', 'throws']),
      datasources: ['environment'],
      provisioners: [DEFAULT_COMPONENT, 'cleans-up', 'endless'],
      postProcessors: ['endless', 'passing'],
    })
  })

  it('may be that of an older plugin, which says less', async () => {
    const old =
      '{"version":"1.0.0","sdk_version":"0.2.0","api_version":"x5.0","builders":["a"],"post_processors":["p"],"provisioners":null}'
    expect(await ask(`console.log(${JSON.stringify(old)})`)).toMatchObject({
      protocolVersion: undefined,
      builders: ['a'],
      datasources: [],
      provisioners: [],
      postProcessors: ['p'],
    })
  })

  it('is asked for without the cookie of those that start', async () => {
    process.env[COOKIE_NAME] = 'set by somebody'
    try {
      const script = `console.log(JSON.stringify({ version: String(process.env.${COOKIE_NAME}), api_version: 'x5.0' }))`
      expect((await ask(script)).version).toBe('undefined')
    } finally {
      delete process.env[COOKIE_NAME]
    }
  })

  it.each<[string, string, string, RegExp]>([
    [
      'no JSON',
      'console.log("usage: x [options]")',
      'describe-failed',
      /"usage: x \[options\]\\n", which is no JSON/,
    ],
    ['nothing', '', 'describe-failed', /described itself with "", which is no JSON/],
    ['other JSON', 'console.log("[]")', 'describe-failed', /does not say its version/],
    ['no object', 'console.log("null")', 'describe-failed', /JSON that is no object/],
    [
      'names that are none',
      'console.log(JSON.stringify({ version: "1.0.0", api_version: "x5.0", builders: [1] }))',
      'describe-failed',
      /names of its components/,
    ],
    [
      'another API',
      'console.log(JSON.stringify({ version: "1.0.0", api_version: "x6.0" }))',
      'api-version',
      /speaks API x6\.0, and this host x5\.0/,
    ],
    [
      'a newer API',
      'console.log(JSON.stringify({ version: "1.0.0", api_version: "x5.1" }))',
      'api-version',
      /speaks API x5\.1/,
    ],
    [
      'an API in other words',
      'console.log(JSON.stringify({ version: "1.0.0", api_version: "5" }))',
      'api-version',
      /speaks API 5,/,
    ],
    [
      'an error',
      'console.error("cannot load"); process.exit(4)',
      'describe-failed',
      /ended with exit code 4 when asked to describe itself\. It printed last:\n {2}cannot load/,
    ],
    ['too much', 'process.stdout.write("x".repeat(3e6))', 'describe-failed', /more than 1048576 bytes/],
  ])('is refused with the reason where there is %s', async (_, script, code, message) => {
    const error = (await ask(script).catch((error) => error)) as PluginError
    expect(error).toMatchObject({ name: 'PluginError', code, plugin: process.execPath })
    expect(error.message).toMatch(message)
  })

  it('is not waited for without end', async () => {
    await expect(ask('setInterval(() => {}, 1e3)', 300)).rejects.toMatchObject({ code: 'describe-failed' })
  })

  it('cannot be had from a file that cannot be run', async () => {
    await expect(describePlugin('/nowhere/packer-plugin-x')).rejects.toMatchObject({ code: 'not-executable' })
  })
})
