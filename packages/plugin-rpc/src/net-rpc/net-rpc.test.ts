import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sessionPair } from '../../test/raw-end.ts'
import { deferred } from '../deferred.ts'
import { RemoteError } from '../remote-error.ts'
import type { YamuxStream } from '../yamux/stream.ts'
import { RpcClient } from './client.ts'
import { RpcServer, type RpcServerOptions } from './server.ts'
import { type Methods, ServiceTable } from './service-table.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** Both ends of one stream. */
async function streams(): Promise<[YamuxStream, YamuxStream]> {
  const { host, plugin } = sessionPair()
  return [host.open(), (await plugin.accept())!]
}

async function serve(methods: Methods, options?: RpcServerOptions) {
  const [here, there] = await streams()
  return {
    client: new RpcClient(here),
    server: new RpcServer(there, new ServiceTable().add('Svc', methods), options),
  }
}

async function readSome(stream: YamuxStream, length: number): Promise<string> {
  return Buffer.from(await stream.readExactly(length)).toString('hex')
}

describe('calls', () => {
  it('carry an argument there and a reply back', async () => {
    const { client } = await serve({ Echo: (argument) => argument })
    const argument = { text: 'x', bytes: Buffer.from([1]), list: [1, null, 2n ** 60n] }
    expect(await client.call('Svc.Echo', argument)).toEqual(argument)
    expect(await client.call('Svc.Echo')).toBeNull()
  })

  it('are answered as they end, not as they came', async () => {
    const first = deferred<string>()
    const { client } = await serve({ Slow: () => first.promise, Quick: () => 'quick' })
    const slow = client.call('Svc.Slow')
    expect(await client.call('Svc.Quick')).toBe('quick')
    first.resolve('slow')
    expect(await slow).toBe('slow')
  })

  it('fail with the text of an error, and with nothing else of it', async () => {
    const seen: string[] = []
    const { client } = await serve(
      { Fail: () => Promise.reject(new Error('no such image')) },
      { onError: (method, error) => seen.push(`${method}: ${(error as Error).message}`) },
    )
    const failure = (await client.call('Svc.Fail').catch((error) => error)) as RemoteError
    expect(failure).toBeInstanceOf(RemoteError)
    expect([failure.message, failure.method]).toEqual(['no such image', 'Svc.Fail'])
    expect(seen).toEqual(['Svc.Fail: no such image'])
  })

  it.each([
    ['Svc.Nothing', "rpc: can't find method Svc.Nothing"],
    ['Nobody.Run', "rpc: can't find service Nobody.Run"],
    ['Nothing', 'rpc: service/method request ill-formed: Nothing'],
    ['Svc.constructor', "rpc: can't find method Svc.constructor"],
  ])('of %s get the words of a Go server', async (method, message) => {
    await expect((await serve({})).client.call(method)).rejects.toThrow(message)
  })

  it('find services whose names hold dots', async () => {
    const [here, there] = await streams()
    const services = new ServiceTable()
    new RpcServer(there, services)
    const client = new RpcClient(here)
    services.add('Uidisk.v1.iso00', { Add: (bytes) => bytes })
    expect(await client.call('Uidisk.v1.iso00.Add', 5)).toBe(5)
    services.remove('Uidisk.v1.iso00')
    await expect(client.call('Uidisk.v1.iso00.Add', 5)).rejects.toThrow("can't find service")
  })

  it('that are open fail when the stream ends, and so do later ones', async () => {
    const [here, there] = await streams()
    const client = new RpcClient(here)
    const calls = [client.call('A.B'), client.call('A.C')]
    await there.close()
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'wire.lost' })
    await expect(client.call('A.D')).rejects.toMatchObject({ code: 'wire.lost' })
  })

  it('explain the loss as their owner knows it', async () => {
    const [here, there] = await streams()
    const client = new RpcClient(
      here,
      async (loss, method) => new Error(`${method}: the plugin died`, { cause: loss }),
    )
    const call = client.call('A.B')
    there.reset()
    await expect(call).rejects.toThrow('A.B: the plugin died')
    await expect(client.call('A.C')).rejects.toThrow('A.C: the plugin died')
  })

  it('that are open are still answered after their caller has said that there will be no more', async () => {
    const reply = deferred<string>()
    const { client, server } = await serve({ Slow: () => reply.promise })
    const slow = client.call('Svc.Slow')
    client.close()
    await server.callerLeft
    await expect(client.call('Svc.Slow')).rejects.toMatchObject({ code: 'wire.lost' })
    reply.resolve('after all')
    expect(await slow).toBe('after all')
    await server.ended
  })

  it('get a reply that cannot travel as an error, and go on', async () => {
    const { client } = await serve({ Bad: () => ({ f: () => 1 }), Good: () => 1 })
    await expect(client.call('Svc.Bad')).rejects.toThrow('A function cannot travel')
    await expect(client.call('Svc.Good', { f: () => 1 })).rejects.toThrow('A function cannot travel')
    expect(await client.call('Svc.Good')).toBe(1)
  })

  it.each<[string, unknown, string]>([
    ['an error without words', new Error(''), 'Error'],
    ['a mistake of the language', new TypeError('x is not a function'), 'TypeError: x is not a function'],
    ['something that is no error', { code: 7 }, 'Something other than an error was thrown: { code: 7 }'],
    [
      'something that has no text',
      Object.create(null),
      'Something other than an error was thrown: [Object: null prototype] {}',
    ],
    ['several errors', new AggregateError([new Error('a'), new Error('b')]), 'a\nb'],
  ])('never turn %s into success', async (_, thrown, message) => {
    const { client } = await serve({ Fail: () => Promise.reject(thrown) })
    await expect(client.call('Svc.Fail')).rejects.toThrow(new RemoteError('Svc.Fail', message))
  })

  it('that are open end with an uncaught error when they have come to their end', async () => {
    const end = deferred<string>()
    const { client, server } = await serve({ Slow: () => end.promise, Later: () => 'fine' })
    const slow = client.call('Svc.Slow')
    await client.call('Svc.Later')
    const failed = server.failOpenCalls(new Error('boom'), 60_000)
    end.resolve('too late')
    await expect(slow).rejects.toThrow('boom')
    expect(await failed).toBe(1)
    expect(await client.call('Svc.Later')).toBe('fine')
  })

  it('that are open end with an uncaught error when their time is over', async () => {
    const { client, server } = await serve({ Never: () => new Promise(() => {}) })
    const never = client.call('Svc.Never')
    await expect(client.call('Svc.Nothing')).rejects.toThrow()
    expect(await server.failOpenCalls(new Error('boom'), 0)).toBe(1)
    await expect(never).rejects.toThrow('boom')
  })
})

describe('on the wire', () => {
  it('a request is a header and an argument', async () => {
    const [here, there] = await streams()
    void new RpcClient(here).call('Ui.Say', 'hello').catch(() => {})
    expect(await readSome(there, 33)).toBe(
      '82ad536572766963654d6574686f64a655692e536179a353657100a568656c6c6f',
    )
  })

  it('an answer repeats method and number, and has a body even when it is an error', async () => {
    const [here, there] = await streams()
    new RpcServer(there, new ServiceTable().add('Ui', { Say: () => undefined }))
    await here.write(hex('82ad536572766963654d6574686f64a655692e536179a353657100a568656c6c6f'))
    expect(await readSome(here, 35)).toBe(
      '83ad536572766963654d6574686f64a655692e536179a353657100a54572726f72a0c0',
    )
    await here.write(hex('82ad536572766963654d6574686f64a455692e58a3536571cd0100c0'))
    const text = Buffer.from("rpc: can't find method Ui.X").toString('hex')
    const answer = `83ad536572766963654d6574686f64a455692e58a3536571d10100a54572726f72bb${text}80`
    expect(await readSome(here, answer.length / 2)).toBe(answer)
  })

  it('an argument that cannot be read fails its call only', async () => {
    const [here, there] = await streams()
    new RpcServer(there, new ServiceTable().add('Ui', { Say: (text) => text }))
    const client = new RpcClient(here)
    const call = client.call('Ui.Say', 'x')
    await here.write(hex('82ad536572766963654d6574686f64a655692e536179a353657163 8101c0'))
    expect(await call).toBe('x')
    expect(await client.call('Ui.Say', 'still there')).toBe('still there')
  })

  it.each<[string, string]>([
    ['no header', 'c0c0'],
    ['a header without a method', '81a353657101c0'],
    ['a header whose number is text', '82ad536572766963654d6574686f64a655692e536179a3536571a131c0'],
    ['no MessagePack', 'c1'],
    ['an endless text', 'dbffffffff'],
  ])('%s ends the stream for a server, and nothing waits for it', async (_, bytes) => {
    const [here, there] = await streams()
    const seen: unknown[] = []
    const server = new RpcServer(there, new ServiceTable(), { onError: (_, error) => seen.push(error) })
    await here.write(hex(bytes))
    await server.ended
    expect(seen).toMatchObject([{ name: 'WireError' }])
    await expect(here.read()).rejects.toMatchObject({ code: 'wire.reset' })
  })

  it('any bytes fail the open calls of a client with a typed error, or leave them open until the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60 })), async (chunks) => {
        const [here, there] = await streams()
        const call = new RpcClient(here).call('A.B')
        const failure = call.then(
          () => undefined,
          (error) => error,
        )
        for (const chunk of chunks) await there.write(chunk).catch(() => {})
        await there.close()
        expect((await failure)?.name ?? 'WireError').toMatch(/WireError|RemoteError/)
      }),
    )
  })

  it('any bytes end or occupy a server, and it ends when its caller does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60 })), async (chunks) => {
        const [here, there] = await streams()
        const server = new RpcServer(there, new ServiceTable())
        for (const chunk of chunks) await here.write(chunk).catch(() => {})
        await here.close()
        await server.ended
      }),
    )
  })
})
