import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import type { Communicator } from '@ingot/plugin-rpc'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RecordingUi } from '../testing/recording-ui.ts'
import { type TestAnswer, testMachine } from '../testing/test-machine.ts'
import { ConnectedMachine } from './connected-machine.ts'
import { OUTPUT_LIMIT, OutputTooLongError } from './remote-machine.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-machine-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function connect(answer?: () => TestAnswer, signal = new AbortController().signal) {
  const ui = new RecordingUi()
  const machine = testMachine(answer)
  return { ui, machine, connected: new ConnectedMachine(machine.communicator, { ui, signal }) }
}

function over(communicator: Partial<Communicator>, signal = new AbortController().signal) {
  const base = testMachine().communicator
  return new ConnectedMachine({ ...base, ...communicator }, { ui: new RecordingUi(), signal })
}

describe('a command', () => {
  test('is run with its input, and its output and status are kept', async () => {
    const { machine, connected } = connect(() => ({ stdout: 'út', stderr: 'err', exitStatus: 3 }))
    expect(await connected.exec('cat', { stdin: 'in' })).toEqual({
      exitStatus: 3,
      stdout: 'út',
      stderr: 'err',
    })
    expect(machine.commands).toEqual([{ command: 'cat', stdin: 'in' }])
    await connected.exec('cat', { stdin: Readable.from(['a', 'b']) })
    expect(machine.commands[1]!.stdin).toBe('ab')
  })

  test('that says too much is refused, and what it goes on to say is not waited for', async () => {
    const chunk = Buffer.alloc(OUTPUT_LIMIT / 2)
    const endless = over({
      async start({ stdout }) {
        for (let count = 0; count < 3; count += 1) stdout!.write(chunk)
        return { exitStatus: new Promise(() => {}) }
      },
    })
    await expect(endless.exec('yes')).rejects.toThrow(OutputTooLongError)
    await expect(endless.exec('yes')).rejects.toThrow(
      `The output of "yes" is longer than ${OUTPUT_LIMIT} bytes`,
    )
  })

  test('with its output shown says it line by line, as a terminal would show it', async () => {
    const { ui, connected } = connect(() => ({
      stdout: 'one  \r\n\n 10%\r 100%\nlast',
      stderr: 'bad\n',
      exitStatus: 1,
    }))
    expect(await connected.runWithUi('make')).toBe(1)
    expect(ui.lines.toSorted()).toEqual(['', ' 100%', 'bad', 'last', 'one'].toSorted())
    expect(ui.lines.filter((line) => line !== 'bad')).toEqual(['one', '', ' 100%', 'last'])
  })

  test('shows characters whole that come in pieces, and a line without end in parts', async () => {
    const { ui, connected } = connect(() => ({}))
    const bytes = Buffer.from(`é${'x'.repeat(70_000)}`)
    const machine = new ConnectedMachine(
      {
        ...connected.communicator,
        async start({ stdout }) {
          stdout!.write(bytes.subarray(0, 1))
          stdout!.write(bytes.subarray(1))
          return { exitStatus: Promise.resolve(0) }
        },
      },
      { ui, signal: new AbortController().signal },
    )
    await machine.runWithUi('cat')
    expect(ui.lines.map((line) => line.length)).toEqual([65_536, 4465])
    expect(ui.lines.join('')).toBe(bytes.toString())
  })

  test('is not waited for once the build is cancelled', async () => {
    const user = new AbortController()
    const hanging = over({ start: async () => ({ exitStatus: new Promise(() => {}) }) }, user.signal)
    const running = hanging.exec('sleep 100')
    user.abort()
    await expect(running).rejects.toThrow('The build was cancelled.')
    await expect(hanging.exec('true')).rejects.toThrow('The build was cancelled.')
  })

  test('that cannot start says why', async () => {
    const dead = over({ start: () => Promise.reject(new Error('no route to host')) })
    await expect(dead.exec('true')).rejects.toThrow('no route to host')
  })
})

describe('files', () => {
  test('are written from text, bytes, streams and files', async () => {
    const { machine, connected } = connect()
    await connected.upload('/etc/motd', 'grüße', { mode: 0o600 })
    await connected.upload('/empty', '')
    await connected.upload('/bytes', new Uint8Array([1, 2]))
    await connected.upload('/stream', Readable.from(['a', 'b']))
    const script = join(folder, 'script.sh')
    writeFileSync(script, 'echo')
    chmodSync(script, 0o750)
    await connected.uploadFile(script, '/script')
    expect(
      Object.fromEntries(
        [...machine.files].map(([path, { content, mode }]) => [path, [content.toString(), mode]]),
      ),
    ).toEqual({
      '/etc/motd': ['grüße', 0o600],
      '/empty': ['', 0o644],
      '/bytes': ['\u0001\u0002', 0o644],
      '/stream': ['ab', undefined],
      '/script': ['echo', 0o750],
    })
  })

  test('tell their size before they come', async () => {
    const infos: unknown[] = []
    const machine = over({ upload: async ({ info }) => void infos.push(info) })
    await machine.upload('/etc/motd', 'grüße')
    expect(infos).toEqual([{ name: 'motd', size: 7, mode: 0o644, modified: undefined }])
  })

  test('are read into memory and into files', async () => {
    const { machine, connected } = connect()
    machine.files.set('/a', { content: Buffer.from('abc') })
    expect((await connected.download('/a')).toString()).toBe('abc')
    await connected.downloadFile('/a', join(folder, 'a'))
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('abc')
  })

  test('that cannot be read or written leave nothing behind', async () => {
    const { machine, connected } = connect()
    await expect(connected.downloadFile('/gone', join(folder, 'b'))).rejects.toThrow('There is no file /gone')
    expect(existsSync(join(folder, 'b'))).toBe(false)
    machine.files.set('/a', { content: Buffer.from('abc') })
    await expect(connected.downloadFile('/a', join(folder, 'no', 'b'))).rejects.toThrow('ENOENT')
    await expect(connected.uploadFile(join(folder, 'no'), '/x')).rejects.toThrow('ENOENT')
  })

  test('that are too long for memory are refused', async () => {
    const machine = over({
      async download({ target }) {
        target.write(Buffer.alloc(OUTPUT_LIMIT + 1))
      },
    })
    await expect(machine.download('/big')).rejects.toThrow(
      `The file /big is longer than ${OUTPUT_LIMIT} bytes`,
    )
  })
})

test('directories go by absolute paths, and a slash at the end stays', async () => {
  const { machine, connected } = connect()
  await connected.uploadDirectory('site', '/srv', { exclude: ['.git'] })
  await connected.uploadDirectory('site/', '/srv')
  await connected.downloadDirectory('/var/log/', 'logs')
  expect(machine.directories).toEqual([
    { direction: 'upload', source: resolve('site'), target: '/srv', exclude: ['.git'] },
    { direction: 'upload', source: `${resolve('site')}/`, target: '/srv', exclude: [] },
    { direction: 'download', source: '/var/log/', target: resolve('logs'), exclude: [] },
  ])
})
