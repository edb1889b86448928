import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asked, completed, readFlags } from './answers.ts'

const bin = join(import.meta.dirname, '..', 'bin', 'create-ingot-plugin.js')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-create-program-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('the command', () => {
  test('tells its flags and its version', () => {
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--component KIND') })
    expect(run('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  test.each([
    [['--nmae', 'x'], "Unknown option '--nmae'"],
    [['--yes'], 'What is the plugin called? Say it with --name'],
    [['a', 'b'], 'One folder at a time'],
    [['x', '--component', 'communicator'], '--component is "communicator": it must be builder, provisioner,'],
    [['x', '--license', 'gpl'], '--license is "gpl"'],
  ])('%j is wrong usage', (args, says) => {
    expect(run(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(says) })
  })

  test('without a terminal it asks nothing, and says what it refuses', () => {
    expect(run('my_plugin')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('"my-plugin" would do'),
    })
  })
})

describe('answers', () => {
  test('the folder names the plugin', () => {
    expect(completed(readFlags(['../packer-plugin-happy-cloud']))).toMatchObject({
      name: 'happy-cloud',
      folder: '../packer-plugin-happy-cloud',
      component: 'builder',
      license: 'apache-2.0',
    })
  })

  test('what flags leave open is asked, and again where the answer cannot be', async () => {
    const input = new PassThrough()
    const output = new PassThrough()
    let shown = ''
    const replies = ['Happy Cloud', 'happy-cloud', '', 'provisioner', 'acme', '']
    output.on('data', (text) => {
      shown += text
      if (/\) $/.test(String(text))) input.write(`${replies.shift()}\n`)
    })
    const answers = await asked(readFlags([]), { input, output })
    expect(answers).toEqual({
      name: 'happy-cloud',
      folder: 'packer-plugin-happy-cloud',
      component: 'provisioner',
      owner: 'acme',
      license: 'apache-2.0',
    })
    expect(shown).toContain('"happy-cloud" would do')
  })

  test('a terminal that goes away makes nothing', async () => {
    const input = new PassThrough()
    const asking = asked(readFlags([]), { input, output: new PassThrough() })
    input.end()
    await expect(asking).rejects.toMatchObject({ code: 'usage', message: 'Nothing was made.' })
  })
})
