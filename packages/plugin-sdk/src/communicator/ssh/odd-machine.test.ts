import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { ServerChannel } from 'ssh2'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { serveListing } from '../../../test/ssh-server/sftp-listing.ts'
import { finish, SshServer, type SshServerOptions } from '../../../test/ssh-server/ssh-server.ts'
import { RecordingUi } from '../../testing/recording-ui.ts'
import type { SshSettings } from '../settings/ssh-settings.ts'
import { connectSsh } from './connect-ssh.ts'
import { SCP_LINE_LIMIT } from './scp/scp-session.ts'
import type { SshMachine } from './ssh-machine.ts'

let open: AsyncDisposable[] = []
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-odd-'))
})
afterEach(async () => {
  for (const each of open.toReversed()) await each[Symbol.asyncDispose]()
  open = []
  await rm(folder, { recursive: true })
})

function machine(
  exec: (command: string, channel: ServerChannel) => void,
  settings: Partial<SshSettings> = {},
): Promise<SshMachine> {
  return connected({ exec }, settings)
}

async function connected(options: SshServerOptions, settings: Partial<SshSettings>): Promise<SshMachine> {
  const server = await SshServer.start(options)
  const reached = await connectSsh(
    { username: 'me', port: server.port, forwardAgent: false, ...settings },
    { host: '127.0.0.1', signal: new AbortController().signal, ui: new RecordingUi() },
  )
  open.push(server, reached)
  return reached
}

/** An `scp` that says this and waits. */
function saying(text: string) {
  return machine((_, channel) => {
    channel.resume()
    channel.write(text)
    channel.on('end', () => finish(channel))
  })
}

test('one without scp says what to do', async () => {
  const { upload, download } = await machine((_, channel) => {
    channel.stderr.write('sh: scp: not found\n')
    finish(channel, 127)
  }).then((each) => ({ upload: each.upload('a', 'b'), download: each.download('a') }))
  await expect(upload).rejects.toThrow(/status 127: sh: scp: not found. There seems to be no scp.*"sftp"/)
  await expect(download).rejects.toThrow('There seems to be no scp')
})

test('one without SFTP says what to do', async () => {
  const without = await machine((_, channel) => finish(channel), { fileTransfer: 'sftp' })
  await expect(without.upload('a', 'b')).rejects.toThrow(
    'The machine offers no SFTP: set ssh_file_transfer_method to "scp"',
  )
})

test('a shorter file than was announced is refused', async () => {
  const taking = await saying('\0\0')
  const source = new PassThrough()
  source.end('abc')
  const info = { name: 'a', size: 5, mode: 0o644, modified: undefined }
  await expect(taking.communicator.upload({ path: 'a', source, info })).rejects.toThrow('2 bytes shorter')
})

test('a name that scp would take for two lines is refused', async () => {
  const taking = await saying('\0\0')
  await expect(taking.upload('a\nC0644 1 b', 'x')).rejects.toThrow('cannot copy a file with such a name')
})

describe('an scp that sends', () => {
  test.each([
    ['C0644 1 ../evil\n', 'leads elsewhere'],
    ['C0644 1 /etc/evil\n', 'leads elsewhere'],
    ['D0755 0 ..\n', 'leads elsewhere'],
    ['D0755 0 a\nE\nE\n', 'leaves a directory it never entered'],
    ['C0644 99999999999999999999 a\n', 'sends something unknown'],
    ['hello, I am no scp\n', 'sends something unknown'],
    ['x'.repeat(SCP_LINE_LIMIT + 2), 'sends a line of more than'],
    ['D0755 0 a\n'.repeat(300), 'more than 256 directories'],
    ['\x01scp: a: \x1b[31mNo such file\n', 'The machine refuses: a:  [31mNo such file'],
    ['\x02\n', 'it does not say why'],
  ])('%j is refused', async (text, message) => {
    const bad = await saying(text)
    await expect(bad.downloadDirectory('a', folder)).rejects.toThrow(message)
    expect(await readdir(folder)).not.toContain('evil')
  })

  test('a directory for a file is refused', async () => {
    await expect((await saying('D0755 0 a\n')).download('a')).rejects.toThrow(
      'a is a directory on the machine',
    )
  })

  test('nothing is refused', async () => {
    const silent = await machine((_, channel) => finish(channel))
    await expect(silent.download('a')).rejects.toThrow(/sends nothing|ended before/)
  })
})

describe('SFTP that gives', () => {
  function giving(files: Readonly<Record<string, Buffer>>): Promise<SshMachine> {
    return connected({ session: (session) => serveListing(session, files) }, { fileTransfer: 'sftp' })
  }

  test('less than it is asked for is asked again', async () => {
    const content = Buffer.from(Array.from({ length: 100_500 }, (_, index) => index % 251))
    const slow = await giving({ file: content })
    expect((await slow.download('/file')).equals(content)).toBe(true)
    await slow.downloadDirectory('/folder/', folder)
    expect((await readFile(join(folder, 'file'))).equals(content)).toBe(true)
  })

  test.each([['../evil'], ['/etc/evil'], ['']])('the name %j is refused', async (name) => {
    const bad = await giving({ [name]: Buffer.from('x') })
    await expect(bad.downloadDirectory('/folder/', folder)).rejects.toThrow('leads elsewhere')
    expect(await readdir(folder)).toEqual([])
  })
})
