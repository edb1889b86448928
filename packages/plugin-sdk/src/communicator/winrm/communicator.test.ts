import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable, Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { connect, serve } from '../../../test/winrm-server/connect.ts'
import type { ServerOptions, WinRMServer } from '../../../test/winrm-server/winrm-server.ts'
import { DISCONNECTED } from '../remote-machine.ts'

let server: WinRMServer
let intercept: ServerOptions['intercept']
beforeEach(async () => {
  intercept = undefined
  server = await serve({ patience: 30, intercept: (xml, count) => intercept?.(xml, count) })
})
afterEach(() => server[Symbol.asyncDispose]())

const gone = () => vi.waitUntil(() => server.shells.count === 0, { timeout: 10_000 })

test('a command that is silent for longer than a call may take is waited for', async () => {
  const { machine } = await connect(server)
  const before = server.count
  expect(await machine.exec('sleep 0.2; echo done')).toMatchObject({ exitStatus: 0, stdout: 'done\n' })
  expect(server.count - before).toBeGreaterThan(6)
})

test('output of any size arrives whole, and no faster than it is taken', async () => {
  const { machine } = await connect(server)
  let [length, waiting] = [0, 0]
  const slow = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _, done) {
      waiting = Math.max(waiting, chunk.length + this.writableLength)
      length += chunk.length
      setImmediate(done)
    },
  })
  const { exitStatus } = await machine.start({ command: 'head -c 5000000 /dev/zero', stdout: slow })
  expect([await exitStatus, length]).toEqual([0, 5_000_000])
  expect(waiting).toBeLessThan(200_000)
})

describe('input', () => {
  test('of any size arrives whole', async () => {
    const { machine } = await connect(server)
    const { stdout } = await machine.exec('wc -c', { stdin: Buffer.alloc(1_000_000, 'x') })
    expect(stdout.trim()).toBe('1000000')
  })

  test('arrives when it is written, not when it ends', async () => {
    const { machine } = await connect(server)
    const [stdin, stdout] = [new PassThrough(), new PassThrough()]
    const { exitStatus } = await machine.start({
      command: 'read a; echo "got $a"; read b; echo "got $b"',
      stdin,
      stdout,
    })
    stdin.write('one\n')
    expect(String((await stdout.iterator({ destroyOnReturn: false }).next()).value)).toBe('got one\n')
    stdin.end('two\n')
    expect(String((await stdout.iterator({ destroyOnReturn: false }).next()).value)).toBe('got two\n')
    expect(await exitStatus).toBe(0)
  })

  test('that the command does not want, or that never ends, holds nothing up', async () => {
    const { machine } = await connect(server)
    expect(await machine.exec('exit 3', { stdin: Buffer.alloc(2_000_000) })).toMatchObject({ exitStatus: 3 })
    expect(await machine.exec('exit 4', { stdin: new PassThrough() })).toMatchObject({ exitStatus: 4 })
  })

  test('that fails ends for the command', async () => {
    const { machine } = await connect(server)
    const failing = Readable.from(
      (async function* () {
        yield 'begun'
        throw new Error('the disk is gone')
      })(),
    )
    expect(await machine.exec('cat', { stdin: failing })).toMatchObject({ exitStatus: 0, stdout: 'begun' })
  })
})

test('a cancelled command may clean up', async () => {
  const user = new AbortController()
  const { machine } = await connect(server, {}, { signal: user.signal })
  const stdout = new PassThrough()
  const command = 'trap "echo x > interrupted; exit" INT; echo ready; while :; do sleep 0.02; done'
  const { exitStatus } = await machine.start({ command, stdout })
  await once(stdout, 'data')
  user.abort()
  await expect(exitStatus).rejects.toThrow('The build was cancelled.')
  expect([server.shells.count, existsSync(join(server.root, 'interrupted'))]).toEqual([0, true])
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a cancelled command that will not end is ended', async () => {
  const user = new AbortController()
  const { machine } = await connect(server, {}, { signal: user.signal })
  const stdout = new PassThrough()
  const { exitStatus } = await machine.start({ command: 'trap "" INT; echo $$; sleep 30', stdout })
  const [pid] = await once(stdout, 'data')
  user.abort()
  await expect(exitStatus).rejects.toThrow('The build was cancelled.')
  await vi.waitUntil(() => !isRunning(Number(String(pid))))
  expect(server.shells.count).toBe(0)
})

test('output that nobody can take ends the command, and says why', async () => {
  const { machine } = await connect(server)
  const full = new Writable({ write: (_, __, done) => done(new Error('no space left')) })
  full.on('error', () => {})
  const { exitStatus } = await machine.start({ command: 'yes', stdout: full })
  await expect(exitStatus).rejects.toThrow('no space left')
  await gone()
})

describe('a machine that goes away', () => {
  test('under a command ends it as disconnected', async () => {
    const { machine } = await connect(server)
    const running = machine.exec('echo bye; sleep 30')
    await vi.waitUntil(() => server.shells.commandCount === 1)
    await server.die()
    expect(await running).toMatchObject({ exitStatus: DISCONNECTED })
    await expect(machine.exec('true')).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('and whose shells are gone when it is back ends a command as disconnected', async () => {
    const { machine } = await connect(server)
    const running = machine.exec('sleep 30')
    await vi.waitUntil(() => server.shells.commandCount === 1)
    server.shells.endAll()
    expect(await running).toMatchObject({ exitStatus: DISCONNECTED })
  })

  test('is logged in to anew when it is back', async () => {
    const { machine } = await connect(server)
    const { port } = server
    await server.die()
    await server.listen(port)
    expect(await machine.exec('echo back')).toMatchObject({ exitStatus: 0, stdout: 'back\n' })
  })
})

test('a fault is told in the words of the machine, and leaves no shell behind', async () => {
  const { machine } = await connect(server)
  await expect(machine.exec('a\u0001b')).rejects.toThrow('WinRM cannot carry the character U+0001')
  await gone()
  await expect(machine.exec(`echo ${'x'.repeat(200_000)}`)).rejects.toThrow(
    'WinRM refused: The envelope is too big (fault 2150858871)',
  )
  await gone()
})

test('an answer that was changed on its way is refused', async () => {
  const { machine } = await connect(server)
  server.spoil = (body) => {
    body[body.length - 60]! ^= 1
    return body
  }
  await expect(machine.exec('true')).rejects.toThrow('An encrypted message has a wrong signature')
})

test('an answer that is not encrypted is refused', async () => {
  const { machine } = await connect(server)
  server.spoil = () => undefined
  await expect(machine.exec('true')).rejects.toThrow(
    'WinRM answered without encryption, with HTTP status 200',
  )
})

test('an unknown status of a command is told as such', async () => {
  const { machine } = await connect(server)
  server.rewrite = (xml) => xml.replace(/<rsp:ExitCode>.*?<\/rsp:ExitCode>/, '')
  expect(await machine.exec('true')).toMatchObject({ exitStatus: 123 })
  server.rewrite = (xml) => xml.replace(/(?<=<rsp:ExitCode>).*?(?=<)/, '4294967295')
  expect(await machine.exec('true')).toMatchObject({ exitStatus: 4_294_967_295 })
})

test('a shell without an id is no shell', async () => {
  const { machine } = await connect(server)
  server.rewrite = (xml) => xml.replace(/<s:Body>.*<\/s:Body>/, '<s:Body/>')
  await expect(machine.exec('true')).rejects.toThrow('WinRM made a shell without telling its id')
})

test('files that are there already are written over', async () => {
  const { machine } = await connect(server)
  writeFileSync(join(server.root, 'a'), 'longer than before')
  await machine.upload('C:\\a', 'now')
  expect(String(await machine.download('C:\\a'))).toBe('now')
})
