import { createHash, randomBytes } from 'node:crypto'
import { PassThrough, Readable, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { communicator, never, Sink } from '../../test/components.ts'
import { sessionPair } from '../../test/raw-end.ts'
import { Broker } from '../broker/broker.ts'
import type { Communicator, FileInfo, RemoteCommand } from '../components.ts'
import { deferred } from '../deferred.ts'
import { encodeCommandFinished } from '../gob/command-finished.ts'
import { RpcClient } from '../net-rpc/client.ts'
import { RpcServer } from '../net-rpc/server.ts'
import { type Methods, ServiceTable } from '../net-rpc/service-table.ts'
import { communicatorClient } from './communicator-client.ts'
import { serveCommunicator } from './communicator-server.ts'
import type { Peer } from './peer.ts'
import { asFields } from './shape.ts'

async function connected(fill: (services: ServiceTable, peer: Peer) => void) {
  const { host, plugin } = sessionPair()
  const log: string[] = []
  const peerOf = (session: typeof host): Peer => ({
    broker: new Broker(session),
    protobuf: true,
    log: (line) => void log.push(line),
  })
  const [here, there] = [peerOf(host), peerOf(plugin)]
  const accepted = there.broker.accept(99).stream
  const rpc = new RpcClient(await here.broker.dial(99))
  const services = new ServiceTable()
  fill(services, there)
  new RpcServer(await accepted, services)
  return { client: communicatorClient(rpc, here), rpc, log, host, plugin }
}

const over = (real: Partial<Communicator>) =>
  connected((services, peer) => serveCommunicator(communicator(real), services, { peer, left: never }))

const handMade = (methods: (peer: Peer) => Methods) =>
  connected((services, peer) => services.add('Communicator', methods(peer)))

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function readAll(source: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('a command over the wire', () => {
  it('has its input, both outputs and its status', async () => {
    const seen: string[] = []
    const start = async ({ command, stdin, stdout, stderr }: RemoteCommand) => {
      seen.push(command)
      const exitStatus = readAll(stdin!).then((input) => {
        stdout!.write(`got ${input}`)
        stderr!.write('and a warning')
        return 7
      })
      return { exitStatus }
    }
    const { client } = await over({ start })
    const [stdout, stderr] = [new Sink(), new Sink()]
    const running = await client.start({
      command: 'cat',
      stdin: Readable.from(['some ', 'input']),
      stdout,
      stderr,
    })
    expect(await running.exitStatus).toBe(7)
    expect([...seen, stdout.text, stderr.text]).toEqual(['cat', 'got some input', 'and a warning'])
    expect([stdout.writableEnded, stderr.writableEnded]).toEqual([false, false])
  })

  it('needs no streams at all', async () => {
    const start = async (command: RemoteCommand) => {
      expect(Object.keys(command)).toEqual(['command', 'signal'])
      return { exitStatus: Promise.resolve(0) }
    }
    const { client } = await over({ start })
    expect(await (await client.start({ command: 'true' })).exitStatus).toBe(0)
  })

  it('delivers all of its output, however much, before its status', async () => {
    const output = randomBytes(3_000_000)
    const start = async ({ stdout }: RemoteCommand) => {
      stdout!.end(output)
      return { exitStatus: Promise.resolve(0) }
    }
    const { client } = await over({ start })
    const stdout = new Sink()
    expect(await (await client.start({ command: 'x', stdout })).exitStatus).toBe(0)
    expect(digest(stdout.bytes)).toBe(digest(output))
  })

  it('waits when nobody takes its output, and goes on when somebody does', async () => {
    let written = 0
    const start = async ({ stdout }: RemoteCommand) => {
      const exitStatus = (async () => {
        for (; written < 40; written++) {
          const taken = stdout!.write(Buffer.alloc(65_536))
          if (!taken) await new Promise((resolve) => stdout!.once('drain', resolve))
        }
        return 0
      })()
      return { exitStatus }
    }
    const { client } = await over({ start })
    const blocked = deferred<() => void>()
    const stdout = new Writable({ write: (_chunk, _encoding, done) => blocked.resolve(done) })
    const running = await client.start({ command: 'yes', stdout })
    const goOn = await blocked.promise
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve))
    expect(written).toBeLessThan(12)
    stdout._write = (_chunk, _encoding, done) => done()
    goOn()
    expect(await running.exitStatus).toBe(0)
  })

  it('may end without reading its input', async () => {
    const start = async () => ({ exitStatus: Promise.resolve(1) })
    const { client } = await over({ start })
    const stdin = new PassThrough()
    stdin.write(Buffer.alloc(1_000_000))
    const running = await client.start({ command: 'false', stdin })
    expect(await running.exitStatus).toBe(1)
    expect(stdin.listenerCount('readable')).toBe(0)
  })

  it('that cannot be started fails with the reason, and takes no streams with it', async () => {
    const start = async () => {
      throw new Error('no shell')
    }
    const { client } = await over({ start })
    await expect(
      client.start({ command: 'x', stdout: new Sink(), stdin: new PassThrough() }),
    ).rejects.toThrow('no shell')
  })

  it.each<[string, () => Promise<number>]>([
    ['is lost', () => Promise.reject(new Error('connection reset'))],
    ['is no number', () => Promise.resolve(null as unknown as number)],
  ])('has the status that stands for none where its own %s', async (_, status) => {
    const { client, log } = await over({ start: async () => ({ exitStatus: status() }) })
    expect(await (await client.start({ command: 'x' })).exitStatus).toBe(123)
    expect(log).toEqual([expect.stringContaining('A command was lost')])
  })

  it('has one where the other end tells nothing that can be read', async () => {
    const { client } = await handMade((peer) => ({
      Start: async (argument) => {
        const stream = await peer.broker.dial(asFields(argument, 'x')['ResponseStreamId'] as number)
        void stream.write(Buffer.from('no gob'))
        void stream.close()
      },
    }))
    expect(await (await client.start({ command: 'x' })).exitStatus).toBe(123)
  })

  it('has none where the connection is lost', async () => {
    const { client, plugin } = await over({ start: async () => ({ exitStatus: new Promise(() => {}) }) })
    const running = await client.start({ command: 'x', stdout: new Sink() })
    await plugin.close()
    await expect(running.exitStatus).rejects.toMatchObject({ code: 'wire.lost' })
  })

  it('may tell output and status before its start is answered', async () => {
    const { client } = await handMade((peer) => ({
      Start: async (argument) => {
        const ids = asFields(argument, 'x') as Record<string, number>
        const [stdout, response] = [
          await peer.broker.dial(ids['StdoutStreamId']!),
          await peer.broker.dial(ids['ResponseStreamId']!),
        ]
        await stdout.write(Buffer.from('early'))
        await response.write(encodeCommandFinished(-1))
        await Promise.all([stdout.close(), response.close()])
        for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
      },
    }))
    const stdout = new Sink()
    expect(await (await client.start({ command: 'x', stdout })).exitStatus).toBe(-1)
    expect(stdout.text).toBe('early')
  })

  it('has its status as soon as that was said, in pieces, though nobody ends its stream', async () => {
    const { client } = await handMade((peer) => ({
      Start: async (argument) => {
        const ids = asFields(argument, 'x') as Record<string, number>
        const response = await peer.broker.dial(ids['ResponseStreamId']!)
        for (const byte of encodeCommandFinished(300)) await response.write(Buffer.from([byte]))
      },
    }))
    expect(await (await client.start({ command: 'x' })).exitStatus).toBe(300)
  })

  it('can run beside many others', async () => {
    const start = async ({ command, stdout }: RemoteCommand) => {
      stdout!.end(command)
      return { exitStatus: Promise.resolve(Number(command)) }
    }
    const { client } = await over({ start })
    const run = async (command: string) => {
      const stdout = new Sink()
      const { exitStatus } = await client.start({ command, stdout })
      return [await exitStatus, stdout.text]
    }
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => run(String(i))))
    expect(all).toEqual(Array.from({ length: 50 }, (_, i) => [i, String(i)]))
  })
})

describe('a file over the wire', () => {
  const info: FileInfo = { name: 'a.txt', size: 2, mode: 0o100644, modified: new Date(1_700_000_000_000) }

  it.each([info, { ...info, modified: undefined }, undefined])(
    'is uploaded with what is known of it: %o',
    async (known) => {
      const content = randomBytes(1_000_000)
      const seen: unknown[] = []
      const upload: Communicator['upload'] = async (file) =>
        void seen.push(file.path, digest(await readAll(file.source)), file.info)
      const { client } = await over({ upload })
      await client.upload({
        path: '/tmp/a',
        source: Readable.from([content]),
        ...(known ? { info: known } : {}),
      })
      expect(seen).toEqual(['/tmp/a', digest(content), known])
    },
  )

  it('fails to upload with the reason of the other end, though much was still to be sent', async () => {
    const upload = async () => {
      throw new Error('disk full')
    }
    const { client } = await over({ upload })
    const source = Readable.from(Array.from({ length: 100 }, () => Buffer.alloc(65_536)))
    await expect(client.upload({ path: '/x', source })).rejects.toThrow('disk full')
  })

  it('fails to upload where its source fails, and is not taken for complete', async () => {
    const ends: string[] = []
    const upload: Communicator['upload'] = async ({ source }) => {
      await readAll(source).then(
        () => ends.push('complete'),
        (error) => ends.push(error.code),
      )
    }
    const { client } = await over({ upload })
    const source = Readable.from(
      (async function* () {
        yield Buffer.from('first half')
        throw new Error('unreadable')
      })(),
    )
    await expect(client.upload({ path: '/x', source })).rejects.toThrow('unreadable')
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
    expect(ends).toEqual(['wire.reset'])
  })

  it('is downloaded, and complete when the call is answered', async () => {
    const content = randomBytes(1_000_000)
    const { client } = await over({ download: async ({ target }) => void target.write(content) })
    const target = new Sink()
    await client.download({ path: '/x', target })
    expect(digest(target.bytes)).toBe(digest(content))
    expect(target.writableEnded).toBe(false)
  })

  it('fails to download at once with the reason of the other end', async () => {
    const download = async () => {
      throw new Error('no such file')
    }
    const { client } = await over({ download })
    await expect(client.download({ path: '/x', target: new Sink() })).rejects.toThrow('no such file')
  })

  it('fails to download where its target fails', async () => {
    const { client } = await over({
      download: async ({ target }) => void target.end(Buffer.alloc(1_000_000)),
    })
    const target = new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) })
    await expect(client.download({ path: '/x', target })).rejects.toThrow('disk full')
  })
})

describe('a directory over the wire', () => {
  it('is copied by the other end', async () => {
    const seen: unknown[] = []
    const { client } = await over({
      uploadDir: async (transfer) => void seen.push(transfer),
      downloadDir: async () => {
        throw new Error('not a directory')
      },
    })
    await client.uploadDir({ source: '/src/', target: '/dst', exclude: ['.git'] })
    await expect(client.downloadDir({ source: '/s', target: '/d', exclude: [] })).rejects.toThrow(
      'not a directory',
    )
    expect(seen).toEqual([{ source: '/src/', target: '/dst', exclude: ['.git'] }])
  })
})

describe('a communicator', () => {
  it.each<[string, unknown]>([
    ['Start', 7],
    ['Start', { Command: 7 }],
    ['Start', { StdoutStreamId: -1 }],
    ['Upload', { Path: [], ReaderStreamId: 0 }],
    ['Download', { WriterStreamId: 'x' }],
    ['UploadDir', { Exclude: 7 }],
    ['DownloadDir', 'x'],
  ])('refuses a %s of %o in words', async (method, argument) => {
    const { rpc } = await over({})
    await expect(rpc.call(`Communicator.${method}`, argument)).rejects.toMatchObject({ name: 'RemoteError' })
  })
})
