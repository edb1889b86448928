import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuthContext } from 'ssh2'
import ssh2 from 'ssh2'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SocksProxy } from '../../../test/ssh-server/socks-proxy.ts'
import { finish, SshServer, type SshServerOptions } from '../../../test/ssh-server/ssh-server.ts'
import { CancelledError } from '../../errors/cancelled-error.ts'
import { RecordingUi } from '../../testing/recording-ui.ts'
import { DISCONNECTED } from '../remote-machine.ts'
import type { SshSettings } from '../settings/ssh-settings.ts'
import { connectSsh, type SshConnectOptions } from './connect-ssh.ts'
import type { SshError } from './ssh-error.ts'
import type { SshMachine } from './ssh-machine.ts'

let open: AsyncDisposable[] = []
let folder: string
let ui: RecordingUi

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-ssh-'))
  ui = new RecordingUi()
})

afterEach(async () => {
  for (const each of open.toReversed()) await each[Symbol.asyncDispose]()
  open = []
  await rm(folder, { recursive: true })
})

async function server(options: SshServerOptions = {}): Promise<SshServer> {
  const started = await SshServer.start(options)
  open.push(started)
  return started
}

async function connect(
  settings: Partial<SshSettings> & { readonly port: number },
  options: Partial<SshConnectOptions> = {},
): Promise<SshMachine> {
  const signal = new AbortController().signal
  const machine = await connectSsh(
    { username: 'me', forwardAgent: false, handshakeAttempts: 1, timeout: 20_000, ...settings },
    { host: '127.0.0.1', signal, ui, retryDelay: 20, ...options },
  )
  open.push(machine)
  return machine
}

async function failure(of: Promise<unknown>): Promise<SshError> {
  return of.then(
    () => {
      throw new Error('It succeeded')
    },
    (error) => error,
  )
}

const echo: SshServerOptions['exec'] = (command, channel) => {
  channel.write(command)
  finish(channel)
}

function withPassword(password: string) {
  return (attempt: AuthContext) =>
    (attempt.method === 'password' && attempt.password === password) || ['password']
}

/** Takes whoever has the private key, as the server's own check does. */
function withKey(publicKey: string) {
  const key = ssh2.utils.parseKey(publicKey) as ssh2.ParsedKey
  return (attempt: AuthContext) => {
    if (attempt.method !== 'publickey') return ['publickey']
    if (!attempt.key.data.equals(key.getPublicSSH())) return ['publickey']
    if (!attempt.signature || !attempt.blob) return true
    return key.verify(attempt.blob, attempt.signature, attempt.hashAlgo) === true
  }
}

describe('logins', () => {
  test('a password', async () => {
    const { port, logins } = await server({ login: withPassword('hush'), exec: echo })
    const machine = await connect({ port, password: 'hush' })
    expect((await machine.exec('hello')).stdout).toBe('hello')
    expect(logins).toEqual(['none', 'password'])
    expect(ui.lines).toEqual(['Waiting for SSH to become available...', 'Connected to SSH!'])
  })

  test('a password where the machine asks for it', async () => {
    const asked = (attempt: AuthContext) => {
      if (attempt.method !== 'keyboard-interactive') return ['keyboard-interactive']
      attempt.prompt([{ prompt: 'Password: ', echo: false }], (answers) =>
        answers[0] === 'hush' ? attempt.accept() : attempt.reject(),
      )
      return 'later' as const
    }
    const { port, logins } = await server({ login: asked, exec: echo })
    const machine = await connect({ port, password: 'hush' })
    expect((await machine.exec('hello')).stdout).toBe('hello')
    expect(logins).toEqual(['none', 'keyboard-interactive'])
  })

  test('a key and then a password, where the machine wants both', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const isKey = withKey(openSshPublic(publicKey.export({ format: 'jwk' }).x!))
    let hasKey = false
    const both = (attempt: AuthContext) => {
      if (attempt.method === 'password') return hasKey && attempt.password === 'hush'
      const answer = isKey(attempt)
      hasKey ||= answer === true && attempt.method === 'publickey' && attempt.signature !== undefined
      return hasKey ? ['password'] : answer
    }
    const { port } = await server({ login: both })
    const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }))
    await connect({ port, privateKey: pem, password: 'hush' })
  })

  test('a refused login is counted, and tried so often', async () => {
    const { port, logins } = await server({ login: withPassword('hush') })
    const error = await failure(connect({ port, password: 'wrong', handshakeAttempts: 3 }))
    expect(error).toMatchObject({ name: 'SshError', code: 'login' })
    expect(error.message).toContain('does not let me in: it refused password')
    expect(logins.filter((each) => each === 'password')).toHaveLength(3)
  })

  test('nothing to log in with is said', async () => {
    const { port } = await server({ login: withPassword('hush') })
    expect((await failure(connect({ port }))).message).toContain('there is nothing to log in with')
  })
})

function openSshPublic(x: string): string {
  const point = Buffer.from(x, 'base64url')
  const head = Buffer.from('0000000b7373682d6564323535313900000020', 'hex')
  return `ssh-ed25519 ${Buffer.concat([head, point]).toString('base64')}`
}

describe('keys', () => {
  test.each([
    ['rsa', { modulusLength: 2048 }],
    ['ec', { namedCurve: 'P-256' }],
    ['ec', { namedCurve: 'P-521' }],
    ['ed25519', {}],
  ] as const)('of the kind %s %o in PKCS#8 log in', async (kind, options) => {
    const { privateKey } = generateKeyPairSync(kind as 'rsa', options as { modulusLength: number })
    const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }))
    const { port, logins } = await server({ login: ({ method }) => method === 'publickey' || ['publickey'] })
    await connect({ port, privateKey: pem })
    expect(logins).toEqual(['none', 'publickey', 'publickey'])
  })

  test('that are protected by a passphrase are refused at once, in every form', async () => {
    const passphrase = 'hush'
    const cipher = 'aes-256-cbc'
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const { private: openSsh } = ssh2.utils.generateKeyPairSync('ed25519', {
      passphrase,
      cipher: 'aes256-ctr',
      rounds: 1,
    })
    const keys = [
      String(privateKey.export({ format: 'pem', type: 'pkcs8', cipher, passphrase })),
      String(privateKey.export({ format: 'pem', type: 'pkcs1', cipher, passphrase })),
      openSsh,
    ]
    const { port, logins } = await server()
    for (const key of keys) {
      const error = await failure(connect({ port, privateKey: key, handshakeAttempts: 0 }))
      expect(error).toMatchObject({ code: 'key' })
      expect(error.message).toContain('protected by a passphrase')
    }
    expect(logins).toEqual([])
  })

  test('that are none are refused at once, with the name of their file', async () => {
    const { port } = await server()
    const path = join(folder, 'key')
    await writeFile(path, 'nonsense')
    expect((await failure(connect({ port, privateKeyFile: path }))).message).toContain(
      `The key in ${path} cannot be used`,
    )
    const missing = failure(connect({ port, privateKeyFile: join(folder, 'missing') }))
    expect(await missing).toMatchObject({ code: 'key' })
    const { public: publicKey } = ssh2.utils.generateKeyPairSync('ed25519')
    expect((await failure(connect({ port, privateKey: publicKey }))).message).toContain('is a public key')
  })
})

describe('waiting', () => {
  test('goes on while nothing listens and while the address is not known', async () => {
    const { port } = await server({ exec: echo })
    let asked = 0
    const host = () => {
      asked += 1
      if (asked < 3) throw new Error('no address yet')
      return '127.0.0.1'
    }
    await connect({ port }, { host })
    expect(asked).toBe(3)
  })

  test('ends in time, and says what it met last', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as { port: number }
    const error = await failure(connect({ port, timeout: 200 }))
    expect(error).toMatchObject({ code: 'timeout' })
    expect(error.message).toMatch(/^Timeout waiting for SSH: not available within 200ms/)
    silent.close()
  })

  test('ends when the build is cancelled', async () => {
    const user = new AbortController()
    const host = () => {
      user.abort()
      throw new Error('no address yet')
    }
    expect(await failure(connect({ port: 1 }, { host, signal: user.signal }))).toBeInstanceOf(CancelledError)
  })

  test('ends at once for a machine with another host key', async () => {
    const { port } = await server()
    const keys: Buffer[] = []
    const isHostKey = (key: Buffer) => keys.push(key) > 1
    expect(await failure(connect({ port, isHostKey }))).toMatchObject({ code: 'host-key' })
    await connect({ port, isHostKey })
    expect(keys[1]).toEqual(keys[0])
  })

  test('a machine that shares no cipher is told from one that is not there', async () => {
    const { port } = await server()
    const error = await failure(connect({ port, ciphers: ['aes256-cbc'], timeout: 300 }))
    expect(error.cause).toMatchObject({ code: 'handshake' })
  })
})

describe('ways', () => {
  test('through a bastion', async () => {
    const bastion = await server({ login: withPassword('gate') })
    const { port } = await server({ login: withPassword('hush'), exec: echo })
    const machine = await connect({
      port,
      password: 'hush',
      bastion: { host: '127.0.0.1', port: bastion.port, username: 'other', password: 'gate' },
    })
    expect((await machine.exec('hello')).stdout).toBe('hello')
    expect(bastion.forwarded).toEqual([`127.0.0.1:${port}`])
  })

  test('through a bastion that asks what only the user knows', async () => {
    const asked = (attempt: AuthContext) => {
      if (attempt.method !== 'keyboard-interactive') return ['keyboard-interactive']
      const prompts = [
        { prompt: 'Password: ', echo: false },
        { prompt: 'Code: ', echo: true },
      ]
      attempt.prompt(prompts, (answers) =>
        answers.join() === 'gate,123' ? attempt.accept() : attempt.reject(),
      )
      return 'later' as const
    }
    const bastion = await server({ login: asked })
    const { port } = await server()
    ui.ask = async (question) => (question === 'Code: ' ? '123' : '')
    await connect({
      port,
      bastion: { host: '127.0.0.1', port: bastion.port, username: 'me', password: 'gate', interactive: true },
    })
  })

  test('a bastion that refuses, or cannot connect, says that it was the bastion', async () => {
    const bastion = await server({ login: withPassword('gate') })
    const at = { host: '127.0.0.1', port: bastion.port, username: 'me' }
    const refused = await failure(connect({ port: 1, bastion: { ...at, password: 'wrong' } }))
    expect(refused.message).toContain(`The bastion 127.0.0.1:${bastion.port} does not let me in`)
    const lost = await failure(connect({ port: 1, timeout: 300, bastion: { ...at, password: 'gate' } }))
    expect(lost).toMatchObject({ code: 'timeout' })
  })

  test.each([[undefined], ['me:hush']])('through a proxy with the login %s', async (login) => {
    const proxy = await SocksProxy.start(login)
    open.push(proxy)
    const { port } = await server({ exec: echo })
    const [username = '', password = ''] = login?.split(':') ?? []
    const machine = await connect({
      port,
      proxy: { host: '127.0.0.1', port: proxy.port, username, password },
    })
    expect((await machine.exec('hello')).stdout).toBe('hello')
    expect(proxy.asked).toEqual([`127.0.0.1:${port}`])
  })

  test('a proxy that refuses says that it was the proxy', async () => {
    const proxy = await SocksProxy.start('me:hush')
    open.push(proxy)
    const at = { host: '127.0.0.1', port: proxy.port, username: 'me', password: 'wrong' }
    const error = await failure(connect({ port: 1, proxy: at, timeout: 300 }))
    expect(error.cause).toMatchObject({ code: 'route' })
    expect(error.message).toContain(`through the SOCKS5 proxy 127.0.0.1:${proxy.port}`)
  })
})

describe('connections', () => {
  test('that give signs of life when they are asked are kept', async () => {
    const slow: SshServerOptions['exec'] = (_, channel) => setTimeout(finish, 600, channel)
    const { port } = await server({ exec: slow })
    const machine = await connect({ port, keepAliveInterval: 50, readWriteTimeout: 300 })
    expect((await machine.exec('slow')).exitStatus).toBe(0)
  })

  test('over which nothing comes are given up', async () => {
    const { port } = await server({ exec: () => {} })
    const machine = await connect({ port, keepAliveInterval: -1, readWriteTimeout: 200 })
    expect((await machine.exec('forever')).exitStatus).toBe(DISCONNECTED)
  })

  test('that have ended are opened anew, once for many who want it', async () => {
    const machines = await server({ exec: echo })
    const machine = await connect({ port: machines.port })
    machines.cut()
    const [one, other] = await Promise.all([machine.exec('one'), machine.exec('other')])
    expect([one.stdout, other.stdout]).toEqual(['one', 'other'])
    expect(machines.logins).toEqual(['none', 'none'])
  })

  test('that were closed stay closed', async () => {
    const { port } = await server({ exec: echo })
    const machine = await connect({ port })
    await machine.close()
    expect(await failure(machine.exec('hello'))).toMatchObject({ code: 'disconnected' })
  })
})

test('a terminal is as in Go', async () => {
  const { port, terminals } = await server({ exec: echo })
  const machine = await connect({ port, pty: true })
  await machine.exec('hello')
  expect(terminals).toMatchObject([{ term: 'xterm', rows: 40, cols: 80 }])
})
