import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { connect as connectTo, createServer } from 'node:net'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort, hasSshd, Sshd } from '../../../test/sshd/sshd.ts'
import { RecordingUi } from '../../testing/recording-ui.ts'
import { DISCONNECTED } from '../remote-machine.ts'
import type { SshSettings } from '../settings/ssh-settings.ts'
import { connectSsh } from './connect-ssh.ts'
import type { SshMachine } from './ssh-machine.ts'

describe.skipIf(!hasSshd())('OpenSSH', () => {
  let sshd: Sshd
  let open: AsyncDisposable[] = []

  beforeAll(async () => {
    sshd = await Sshd.start(['PermitTTY yes'])
  })
  afterAll(() => sshd[Symbol.asyncDispose]())
  afterEach(async () => {
    for (const each of open.toReversed()) await each[Symbol.asyncDispose]()
    open = []
  })

  async function connect(settings: Partial<SshSettings> = {}, ui = new RecordingUi()): Promise<SshMachine> {
    const { username, port } = sshd
    const usual = { username, port, privateKeyFile: sshd.path('key'), forwardAgent: false, timeout: 20_000 }
    const machine = await connectSsh(
      { ...usual, handshakeAttempts: 1, ...settings },
      { host: '127.0.0.1', signal: new AbortController().signal, ui, retryDelay: 50 },
    )
    open.push(machine)
    return machine
  }

  /** A folder of the test's own. */
  function folder(name: string): string {
    const path = sshd.path(name)
    mkdirSync(path, { recursive: true })
    return path
  }

  describe('commands', () => {
    test('have their output, errors, status, input and signal', async () => {
      const machine = await connect()
      const result = await machine.exec('cat; echo oops >&2; exit 3', { stdin: 'hello' })
      expect(result).toEqual({ exitStatus: 3, stdout: 'hello', stderr: 'oops\n' })
      expect((await machine.exec('kill -9 $$')).exitStatus).toBe(137)
    })

    test('without input are told so', async () => {
      const machine = await connect()
      expect(await machine.exec('cat; echo done')).toMatchObject({ exitStatus: 0, stdout: 'done\n' })
    })

    test('leave input that they do not read to its owner', async () => {
      const machine = await connect()
      const stdin = new PassThrough()
      const running = await machine.start({ command: 'exit 4', stdin })
      expect(await running.exitStatus).toBe(4)
      expect(stdin.destroyed).toBe(false)
    })

    test('run side by side', async () => {
      const machine = await connect()
      const all = await Promise.all(['a', 'b', 'c', 'd'].map((each) => machine.exec(`echo ${each}`)))
      expect(all.map(({ stdout }) => stdout)).toEqual(['a\n', 'b\n', 'c\n', 'd\n'])
    })

    test('deliver much output before they are over, however slowly it is taken', async () => {
      const machine = await connect()
      const stdout = new PassThrough({ highWaterMark: 1024 })
      const length = countSlowly(stdout)
      const running = await machine.start({ command: 'head -c 5000000 /dev/zero', stdout })
      expect(await running.exitStatus).toBe(0)
      stdout.end()
      expect(await length).toBe(5_000_000)
    })

    test('have a terminal that shows nothing that is typed', async () => {
      const machine = await connect({ pty: true })
      const { stdout } = await machine.exec('test -t 1 && stty -a')
      expect(stdout).toContain('rows 40; columns 80')
      expect(stdout).toMatch(/-echo /)
    })
  })

  describe('logins', () => {
    test.each([['ed25519'], ['rsa'], ['ecdsa']])(
      'with a certificate for a key of the kind %s',
      async (kind) => {
        const { username } = sshd
        const key = `certified-${kind}`
        sshd.run('ssh-keygen', '-q', '-t', kind, '-N', '', '-f', key)
        sshd.run('ssh-keygen', '-q', '-s', 'ca', '-I', 'test', '-n', username, `${key}.pub`)
        const files = { privateKeyFile: sshd.path(key), certificateFile: sshd.path(`${key}-cert.pub`) }
        await expect(connect({ privateKeyFile: files.privateKeyFile })).rejects.toMatchObject({
          code: 'login',
        })
        const machine = await connect(files)
        expect((await machine.exec('echo in')).stdout).toBe('in\n')
      },
    )

    test('a certificate of another key, or that is none, is refused before anything is tried', async () => {
      sshd.run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', 'stranger')
      sshd.run('ssh-keygen', '-q', '-s', 'ca', '-I', 'test', '-n', sshd.username, 'stranger.pub')
      await expect(connect({ certificateFile: sshd.path('stranger-cert.pub') })).rejects.toThrow(
        'of another key',
      )
      await expect(connect({ certificateFile: sshd.path('key.pub') })).rejects.toThrow(
        'no certificate of OpenSSH',
      )
    })

    test('with an agent, which is forwarded unless that is forbidden', async () => {
      await using agent = await Agent.start(sshd)
      const settings = { agent: true, privateKeyFile: '' }
      const machine = await connect({ ...settings, forwardAgent: true })
      for (const _ of ['first', 'second']) {
        expect((await machine.exec('ssh-add -l')).stdout).toContain(agent.comment)
      }
      const other = await connect(settings)
      expect((await other.exec('ssh-add -l')).exitStatus).not.toBe(0)
    })

    test('a machine that takes no agent is reached without it', async () => {
      await using _agent = await Agent.start(sshd)
      await using strict = await Sshd.start(['AllowAgentForwarding no'])
      const machine = await connect({
        port: strict.port,
        privateKeyFile: strict.path('key'),
        forwardAgent: true,
      })
      expect((await machine.exec('echo in')).stdout).toBe('in\n')
    })

    test('without an agent where one is wanted is refused at once', async () => {
      await using _none = new Environment('')
      await expect(connect({ agent: true })).rejects.toMatchObject({ code: 'agent' })
    })
  })

  describe.each([['scp'], ['sftp']] as const)('files by %s', (fileTransfer) => {
    test('go up with their permissions and come down again', async () => {
      const machine = await connect({ fileTransfer })
      const path = join(folder(`file-${fileTransfer}`), `it's "a" $HOME name; \\`)
      await machine.upload(path, 'hello', { mode: 0o750 })
      expect(readFileSync(path, 'utf8')).toBe('hello')
      expect(statSync(path).mode & 0o777).toBe(0o750)
      expect(String(await machine.download(path))).toBe('hello')
      await machine.upload(path, '')
      expect(readFileSync(path, 'utf8')).toBe('')
      expect(await machine.download(path)).toHaveLength(0)
    })

    test('of unknown length go up too', async () => {
      const machine = await connect({ fileTransfer })
      const path = join(folder(`stream-${fileTransfer}`), 'file')
      await machine.upload(path, Readable.from(['a'.repeat(100_000), Buffer.from('b')]))
      expect(readFileSync(path, 'utf8')).toBe(`${'a'.repeat(100_000)}b`)
    })

    test('that cannot be copied say why', async () => {
      const machine = await connect({ fileTransfer })
      await expect(machine.upload('/no/such/folder/file', 'x')).rejects.toThrow(
        /refuses.*\/no\/such\/folder.*No such file/,
      )
      await expect(machine.download('/no/such/file')).rejects.toThrow(
        /refuses.*\/no\/such\/file.*No such file/,
      )
      await expect(machine.upload(folder(`is-${fileTransfer}`), 'x')).rejects.toMatchObject({ code: 'file' })
      await expect(machine.download(folder(`is-${fileTransfer}`))).rejects.toMatchObject({ code: 'file' })
    })

    test('large ones are whole, and take little memory', async () => {
      const machine = await connect({ fileTransfer })
      const [from, there, back] = ['large', `large-${fileTransfer}`, `large-back-${fileTransfer}`].map(
        (name) => sshd.path(name),
      )
      sshd.run('sh', '-c', 'test -f large || head -c 100000000 /dev/urandom > large')
      const before = process.memoryUsage.rss()
      await machine.uploadFile(from!, there!)
      await machine.downloadFile(there!, back!)
      expect(process.memoryUsage.rss() - before).toBeLessThan(90_000_000)
      sshd.run('cmp', from!, back!)
      sshd.run('rm', there!, back!)
    })

    test('a connection that ends in the middle of an upload fails it', async () => {
      await using own = await Sshd.start()
      const { port } = own
      const machine = await connect({ fileTransfer, port, privateKeyFile: own.path('key') })
      const source = new PassThrough()
      source.write(Buffer.alloc(100_000))
      const info = { name: 'half', size: 200_000, mode: 0o644, modified: undefined }
      const upload = machine.communicator.upload({ path: own.path('half'), source, info })
      upload.catch(() => {})
      while (!existsSync(own.path('half')) || statSync(own.path('half')).size === 0) await sleep(10)
      await own.stop()
      source.end(Buffer.alloc(100_000))
      await expect(upload).rejects.toMatchObject({ code: 'disconnected' })
    })

    function makeTree(name: string): string {
      const root = folder(name)
      mkdirSync(join(root, 'deep/deeper'), { recursive: true })
      mkdirSync(join(root, 'empty'))
      writeFileSync(join(root, 'deep/deeper/page'), 'page', { mode: 0o640 })
      writeFileSync(join(root, 'deep/skipped'), 'secret')
      writeFileSync(join(root, 'top file'), 'top')
      symlinkSync('top file', join(root, 'link'))
      symlinkSync('..', join(root, 'deep/up'))
      return root
    }

    test('directories go up as themselves, or with a slash as their content, also where the target is not there', async () => {
      const machine = await connect({ fileTransfer })
      const source = makeTree(`tree-up-${fileTransfer}`)
      const target = sshd.path(`up ${fileTransfer}`)
      await machine.uploadDirectory(source, target, { exclude: ['deep/skipped'] })
      await machine.uploadDirectory(`${source}/`, target, { exclude: ['deep/', 'empty'] })
      expect(readdirSync(target).sort()).toEqual(['link', 'top file', `tree-up-${fileTransfer}`])
      const copy = join(target, `tree-up-${fileTransfer}`)
      expect(readdirSync(copy).sort()).toEqual(['deep', 'empty', 'link', 'top file'])
      expect(readdirSync(join(copy, 'deep'))).toEqual(['deeper'])
      expect(readFileSync(join(copy, 'deep/deeper/page'), 'utf8')).toBe('page')
      expect(statSync(join(copy, 'deep/deeper/page')).mode & 0o777).toBe(0o640)
      expect(readFileSync(join(copy, 'link'), 'utf8')).toBe('top')
    })

    test('directories come down by the same rule', async () => {
      const machine = await connect({ fileTransfer })
      const source = folder(`tree-down-${fileTransfer}`)
      mkdirSync(join(source, 'deep/deeper'), { recursive: true })
      writeFileSync(join(source, 'deep/deeper/page'), 'page', { mode: 0o640 })
      writeFileSync(join(source, 'deep/skipped'), 'secret')
      const target = sshd.path(`down ${fileTransfer}`)
      await machine.downloadDirectory(source, target, { exclude: ['deep/skipped'] })
      await machine.downloadDirectory(`${source}/deep/`, target)
      expect(readdirSync(target).sort()).toEqual(['deeper', 'skipped', `tree-down-${fileTransfer}`])
      const copy = join(target, `tree-down-${fileTransfer}`)
      expect(readdirSync(join(copy, 'deep'))).toEqual(['deeper'])
      expect(readFileSync(join(copy, 'deep/deeper/page'), 'utf8')).toBe('page')
      expect(statSync(join(copy, 'deep/deeper/page')).mode & 0o777).toBe(0o640)
    })
  })

  describe('a reboot', () => {
    test('ends what runs, and the machine is reached again when it is back', async () => {
      await using own = await Sshd.start()
      const machine = await connect({ port: own.port, privateKeyFile: own.path('key') })
      const stdout = new PassThrough()
      const running = await machine.start({ command: 'echo begun; sleep 60', stdout })
      expect(String((await once(stdout, 'data'))[0])).toBe('begun\n')
      await own.stop()
      expect(await running.exitStatus).toBe(DISCONNECTED)
      await expect(machine.exec('echo down')).rejects.toMatchObject({ code: 'unreachable' })
      await own.start()
      expect((await machine.exec('echo up')).stdout).toBe('up\n')
    })
  })

  test('through a bastion, with a certificate there and a key here, and again after a reboot', async () => {
    await using bastion = await Sshd.start(['AuthorizedKeysFile none'])
    bastion.run('ssh-keygen', '-q', '-s', 'ca', '-I', 'test', '-n', bastion.username, 'key.pub')
    const login = { privateKeyFile: bastion.path('key'), certificateFile: bastion.path('key-cert.pub') }
    const way = { host: '127.0.0.1', port: bastion.port, username: bastion.username }
    await expect(connect({ bastion: { ...way, privateKeyFile: login.privateKeyFile } })).rejects.toThrow(
      'bastion',
    )
    const machine = await connect({ bastion: { ...way, ...login } })
    expect((await machine.exec('echo in')).stdout).toBe('in\n')
    await bastion.stop()
    await bastion.start()
    expect((await machine.exec('echo again')).stdout).toBe('again\n')
  })

  describe('tunnels', () => {
    test('lead both ways', async () => {
      const server = createServer((socket) => socket.end('reached')).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port: hostPort } = server.address() as { port: number }
      const [here, there] = [await freePort(), await freePort()]
      await connect({
        localTunnels: [{ port: here, host: '127.0.0.1', hostPort }],
        remoteTunnels: [{ port: there, host: '127.0.0.1', hostPort }],
      })
      expect(await text(connectTo(here, 'localhost'))).toBe('reached')
      expect(await text(connectTo(there, 'localhost'))).toBe('reached')
      server.close()
    })

    test('that the machine forbids stop the build, with what to look at', async () => {
      await using strict = await Sshd.start(['AllowTcpForwarding no'])
      const remoteTunnels = [{ port: await freePort(), host: '127.0.0.1', hostPort: 1 }]
      const refused = connect({ port: strict.port, privateKeyFile: strict.path('key'), remoteTunnels })
      await expect(refused).rejects.toThrow('AllowTcpForwarding')
    })

    test('whose port is taken stop the build', async () => {
      const taken = createServer().listen(0, 'localhost')
      await once(taken, 'listening')
      const { port } = taken.address() as { port: number }
      const localTunnels = [{ port, host: '127.0.0.1', hostPort: 1 }]
      await expect(connect({ localTunnels })).rejects.toMatchObject({ code: 'tunnel' })
      taken.close()
    })
  })
})

async function countSlowly(stream: Readable): Promise<number> {
  let length = 0
  for await (const chunk of stream) {
    length += chunk.length
    await sleep(0)
  }
  return length
}

/** A value of SSH_AUTH_SOCK for a while. */
class Environment implements AsyncDisposable {
  readonly #before = process.env['SSH_AUTH_SOCK']

  constructor(value: string) {
    process.env['SSH_AUTH_SOCK'] = value
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#before === undefined) delete process.env['SSH_AUTH_SOCK']
    else process.env['SSH_AUTH_SOCK'] = this.#before
  }
}

const AGENT = 'ssh-agent'

/** An agent with the key that a server takes. */
class Agent extends Environment {
  readonly comment: string
  readonly #end: () => void

  private constructor(socket: string, comment: string, end: () => void) {
    super(socket)
    this.comment = comment
    this.#end = end
  }

  static async start(sshd: Sshd): Promise<Agent> {
    const socket = sshd.path(`agent-${Date.now()}`)
    const child = spawn(AGENT, ['-D', '-a', socket], { stdio: 'ignore' })
    while (!existsSync(socket)) await sleep(10)
    const agent = new Agent(socket, sshd.run('ssh-keygen', '-l', '-f', 'key.pub').split(' ')[1]!, () =>
      child.kill(),
    )
    sshd.run('ssh-add', '-q', 'key')
    return agent
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]()
    this.#end()
  }
}
