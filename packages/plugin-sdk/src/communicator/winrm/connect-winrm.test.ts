import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import { type AddressInfo, connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connect, serve } from '../../../test/winrm-server/connect.ts'
import { without } from '../../../test/winrm-server/ntlm-acceptor.ts'
import { Fault } from '../../../test/winrm-server/shells.ts'
import type { ServerOptions, WinRMServer } from '../../../test/winrm-server/winrm-server.ts'
import { RecordingUi } from '../../testing/recording-ui.ts'
import type { RemoteMachine } from '../remote-machine.ts'
import type { WinRMSettings } from './settings.ts'

let folder: string
let tls: { key: string; cert: string }

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-winrm-test-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=host']
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
})
afterAll(() => rmSync(folder, { recursive: true }))

describe.each([
  {
    name: 'basic over HTTP',
    server: { allowUnencrypted: true, negotiate: false },
    settings: { useNtlm: false },
  },
  {
    name: 'basic over HTTPS',
    server: { tls: true },
    settings: { useSsl: true, insecure: true, useNtlm: false },
  },
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

/** What a user is told of a machine that will not do, while it is asked again and again. */
async function refusal(server: { readonly port: number }, settings: Partial<WinRMSettings>): Promise<string> {
  const ui = new RecordingUi()
  const user = new AbortController()
  const connecting = connect(server, settings, { ui, signal: user.signal })
  await vi.waitUntil(() => ui.lines.length > 1, { timeout: 10_000 })
  user.abort()
  await expect(connecting).rejects.toThrow('The build was cancelled.')
  return ui.lines[1]!
}

describe('a machine that refuses', () => {
  test.each([
    { useNtlm: true, password: 'wrong' },
    { useNtlm: true, username: 'Nobody' },
    { useNtlm: false, password: 'wrong' },
  ])('says so for the login %j', async (login) => {
    await using server = await serve({ allowUnencrypted: true })
    expect(await refusal(server, login)).toBe(
      'WinRM refused the user name or the password (401): check winrm_username and winrm_password; trying again',
    )
    expect(server.count).toBe(0)
  })

  test('basic authentication names what it takes, and what to set', async () => {
    await using server = await serve()
    expect(await refusal(server, { useNtlm: false })).toContain(
      'WinRM does not take Basic authentication here, but Negotiate (401): set winrm_use_ntlm',
    )
  })

  test('NTLM names what it takes, and what to set', async () => {
    await using server = await serve({ negotiate: false, allowUnencrypted: true })
    expect(await refusal(server, {})).toContain(
      'WinRM does not take NTLM authentication here, but Basic (401): enable Negotiate there',
    )
  })

  test('to encrypt is not trusted', async () => {
    await using server = await serve({ ntlm: { tellsTime: true, flags: without('seal') } })
    expect(await refusal(server, {})).toContain("The machine's NTLM does not offer seal")
  })

  test('a shell says why', async () => {
    await using server = await serve({
      intercept() {
        throw new Fault(5, 'AccessDenied', 'Access is denied.')
      },
    })
    expect(await refusal(server, {})).toContain('WinRM refused: Access is denied. (fault 5)')
  })

  test('to show a known certificate is told with the remedy', async () => {
    await using server = await serve({ tls })
    expect(await refusal(server, { useSsl: true })).toContain('set winrm_insecure')
  })

  test('is asked until the time is up, and why is told once', async () => {
    await using server = await serve()
    const ui = new RecordingUi()
    await expect(connect(server, { password: 'wrong', timeout: 3000 }, { ui })).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringMatching(
        /^WinRM did not become available within 3s: WinRM refused the user name/,
      ),
    })
    expect(ui.lines).toHaveLength(2)
  })
})

test.each([
  [
    'no answer',
    (response: http.ServerResponse) => response.writeHead(404).end('Not Found'),
    'HTTP status 404 came',
  ],
  ['no XML', (response: http.ServerResponse) => response.end('Hello'), 'is not the XML of WinRM'],
  [
    'too much',
    (response: http.ServerResponse) => response.end(Buffer.alloc(5_000_000)),
    'longer than 4194304 bytes',
  ],
])('what is no WinRM is told apart: %s', async (_, answer, message) => {
  const server = http.createServer((_, response) => void answer(response)).listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    expect(await refusal(server.address() as AddressInfo, { useNtlm: false })).toContain(message)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('a machine that begins to listen later is waited for, without a word', async () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
  await using server = await serve()
  const { port } = server
  await server.die()
  const ui = new RecordingUi()
  const connected = connect({ port }, {}, { ui })
  await vi.waitUntil(() => errors.mock.calls.length > 0)
  await server.listen(port)
  await connected
  expect(ui.lines).toEqual([
    'Waiting for WinRM to become available...',
    'WinRM connected.',
    'Connected to WinRM!',
  ])
  expect(errors.mock.calls[0]![0]).toMatch(/^WinRM cannot be reached at 127\.0\.0\.1:\d+: .*; trying again$/)
  errors.mockRestore()
})

test('waiting ends when the build is cancelled', async () => {
  await using server = await serve({ patience: 60_000, intercept: () => '' })
  const user = new AbortController()
  const connecting = connect(server, { password: 'wrong' }, { signal: user.signal })
  setImmediate(() => user.abort())
  await expect(connecting).rejects.toThrow('The build was cancelled.')
})

test('a machine that never answers is given up in time', async () => {
  const silent = http.createServer(() => {}).listen(0, '127.0.0.1')
  try {
    await once(silent, 'listening')
    await expect(connect(silent.address() as AddressInfo, { timeout: 100 })).rejects.toThrow(
      'WinRM did not become available within 100ms: it does not answer',
    )
  } finally {
    silent.closeAllConnections()
    silent.close()
  }
})

describe('through a proxy', () => {
  const asked: string[] = []
  const proxy = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const { port } = new URL(request.url!)
    const headers = { ...request.headers, connection: 'keep-alive' }
    const passed = http.request(
      { host: '127.0.0.1', port, method: 'POST', path: '/wsman', headers },
      (answer) => {
        response.writeHead(answer.statusCode!, answer.headers)
        answer.pipe(response)
      },
    )
    request.pipe(passed)
  })
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url} ${request.headers['proxy-authorization']}`)
    const upstream = connectTcp(Number(request.url!.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    for (const each of [socket, upstream]) each.on('error', () => {})
  })
  beforeAll(async () => {
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    const address = `http://ada:lovelace@127.0.0.1:${(proxy.address() as AddressInfo).port}`
    vi.stubEnv('HTTP_PROXY', address)
    vi.stubEnv('HTTPS_PROXY', address)
    vi.stubEnv('NO_PROXY', '')
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    proxy.closeAllConnections()
    proxy.close()
  })

  test('HTTP is asked of it', async () => {
    await using server = await serve({ allowUnencrypted: true })
    const { machine } = await connect(server, { useNtlm: false }, { host: 'machine.test' })
    expect(await machine.exec('echo hi')).toMatchObject({ stdout: 'hi\n' })
    expect(asked).toContain(`POST http://machine.test:${server.port}/wsman`)
  })

  test('TLS is tunnelled, NTLM within', async () => {
    await using server = await serve({ tls })
    const { machine } = await connect(server, { useSsl: true, insecure: true }, { host: 'machine.test' })
    expect(await machine.exec('echo hi')).toMatchObject({ stdout: 'hi\n' })
    expect(asked).toContain(
      `CONNECT machine.test:${server.port} Basic ${Buffer.from('ada:lovelace').toString('base64')}`,
    )
  })
})
