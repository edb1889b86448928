import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { without } from '../../../test/winrm-server/ntlm-acceptor.ts'
import { Fault } from '../../../test/winrm-server/shells.ts'
import { type ServerOptions, WinRMServer } from '../../../test/winrm-server/winrm-server.ts'
import { RecordingUi } from '../../testing/recording-ui.ts'
import { DISCONNECTED, type RemoteMachine } from '../remote-machine.ts'
import { connectWinRM } from './connect-winrm.ts'
import { NTLM_FLAGS } from './ntlm/flags.ts'
import type { WinRMSettings } from './settings.ts'

let folder: string
let tls: { key: string; cert: string }

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-winrm-test-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const options = [
    '-subj',
    '/CN=host',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
    '-keyout',
    key,
    '-out',
    cert,
  ]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...options],
    { stdio: 'ignore' },
  )
  tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
})
afterAll(() => rmSync(folder, { recursive: true }))

const account = { username: 'Administrator', password: 'pässword' }

async function connect(
  server: WinRMServer,
  settings: Partial<WinRMSettings> = {},
  user = new AbortController(),
) {
  const ui = new RecordingUi()
  const machine = await connectWinRM(
    { ...account, port: server.port, timeout: 20_000, ...settings },
    { host: '127.0.0.1', signal: user.signal, ui, retryDelay: 20 },
  )
  return { machine, ui }
}

function serve(options: ServerOptions = {}): Promise<WinRMServer> {
  return new WinRMServer(options).listen()
}

describe.each([
  { name: 'basic over HTTP', server: { allowUnencrypted: true, negotiate: false }, settings: {} },
  { name: 'basic over HTTPS', server: { tls: true }, settings: { useSsl: true, insecure: true } },
  { name: 'NTLM over HTTP', server: { basic: false }, settings: { useNtlm: true }, isSealed: true },
  {
    name: 'NTLM of a server without time',
    server: { ntlm: { tellsTime: false } },
    settings: { useNtlm: true },
    isSealed: true,
  },
  {
    name: 'NTLM without key exchange',
    server: { ntlm: { tellsTime: true, flags: without('keyExchange') } },
    settings: { useNtlm: true },
    isSealed: true,
  },
  {
    name: 'NTLM over HTTPS',
    server: { tls: true, basic: false },
    settings: { useSsl: true, insecure: true, useNtlm: true },
  },
])('$name', ({ server: options, settings, isSealed = false }) => {
  let server: WinRMServer
  let machine: RemoteMachine
  let ui: RecordingUi
  beforeAll(async () => {
    server = await serve({ ...options, ...('tls' in options ? { tls } : {}) } as ServerOptions)
    ;({ machine, ui } = await connect(server, settings))
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test('connects, and says what users of packer know', () => {
    expect(ui.lines).toEqual([
      'Waiting for WinRM to become available...',
      'WinRM connected.',
      'Connected to WinRM!',
    ])
  })

  test('runs commands: output, error output, input, status', async () => {
    expect(await machine.exec('echo grüße; echo ünd >&2; exit 7')).toEqual({
      exitStatus: 7,
      stdout: 'grüße\n',
      stderr: 'ünd\n',
    })
    expect(await machine.exec('cat', { stdin: 'ïn\r\n<&>' })).toMatchObject({
      exitStatus: 0,
      stdout: 'ïn\r\n<&>',
    })
  })

  test('runs commands at once, each with its own output', async () => {
    const results = await Promise.all([1, 2, 3].map((n) => machine.exec(`sleep 0.0${4 - n}; echo ${n}`)))
    expect(results.map(({ stdout }) => stdout)).toEqual(['1\n', '2\n', '3\n'])
  })

  test('carries files there and back', async () => {
    const content = randomBytes(40_000)
    await machine.upload('C:\\data\\file.bin', content)
    expect(readFileSync(join(server.root, 'data/file.bin')).equals(content)).toBe(true)
    expect((await machine.download('C:/data/file.bin')).equals(content)).toBe(true)
  })

  test('leaves no shell and no temporary file behind, and encrypts where it should', () => {
    expect(server.shells.count).toBe(0)
    expect(readdirSync(join(server.root, 'Temp'))).toEqual([])
    expect(server.sealed).toBe(isSealed ? server.count : 0)
  })
})
