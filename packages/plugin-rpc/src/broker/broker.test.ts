import { afterEach, describe, expect, it, vi } from 'vitest'
import { type RawEnd, sessionAgainst, sessionPair } from '../../test/raw-end.ts'
import { ACK, FIN, RST, SYN } from '../yamux/frame.ts'
import { ACCEPT_TIMEOUT, Broker } from './broker.ts'

const id = (number: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(number)
  return bytes
}

function brokerAgainst(): { broker: Broker; raw: RawEnd } {
  const { session, raw } = sessionAgainst('plugin')
  return { broker: new Broker(session), raw }
}

function onlyTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
}

afterEach(() => vi.useRealTimers())

describe('two brokers', () => {
  it('connect a dial to the accept of the same id, in whatever order they come', async () => {
    const { host, plugin } = sessionPair()
    const [here, there] = [new Broker(host), new Broker(plugin)]
    const late = here.dial(300)
    const [first, second] = [there.accept(7), here.dial(7)]
    const parked = there.accept(300)
    await (await second).write(Buffer.from('seven'))
    await (await late).write(Buffer.from('three hundred'))
    expect(Buffer.from((await (await first.stream).read())!).toString()).toBe('seven')
    expect(Buffer.from((await (await parked.stream).read())!).toString()).toBe('three hundred')
  })

  it('count their own ids from 1', () => {
    const { host, plugin } = sessionPair()
    const [here, there] = [new Broker(host), new Broker(plugin)]
    expect([here.nextId(), here.nextId(), there.nextId()]).toEqual([1, 2, 1])
  })

  it('fail what waits when the connection is lost', async () => {
    const { host, plugin } = sessionPair()
    const [here, there] = [new Broker(host), new Broker(plugin)]
    const [dialled, accepted] = [here.dial(5), there.accept(6).stream]
    await host.close()
    await expect(dialled).rejects.toMatchObject({ code: 'wire.lost' })
    await expect(accepted).rejects.toMatchObject({ code: 'wire.lost' })
  })
})

describe('towards a peer of any kind, a broker', () => {
  it('says the id it dials in little-endian, and waits to hear it back', async () => {
    const { broker, raw } = brokerAgainst()
    const dialled = broker.dial(300)
    await raw.until((end) => end.bytes(2).length === 4)
    expect(raw.bytes(2).toString('hex')).toBe('2c010000')
    raw.send({ kind: 'window', flags: ACK, stream: 2 })
    raw.send({ stream: 2 }, id(300))
    expect((await dialled).id).toBe(2)
  })

  it('sends the id back when it accepts, and leaves what follows it', async () => {
    const { broker, raw } = brokerAgainst()
    const accepted = broker.accept(0)
    raw.send({ kind: 'window', flags: SYN, stream: 1 })
    raw.send({ stream: 1 }, Buffer.concat([id(0), Buffer.from('and more')]))
    const stream = await accepted.stream
    await raw.until((end) => end.bytes(1).length === 4)
    expect(raw.bytes(1)).toEqual(id(0))
    expect(Buffer.from((await stream.read())!).toString()).toBe('and more')
  })

  it('reads an id that comes in pieces, while others overtake it', async () => {
    const { broker, raw } = brokerAgainst()
    const [slow, quick] = [broker.accept(1), broker.accept(2)]
    raw.send({ flags: SYN, stream: 1 }, id(1).subarray(0, 3))
    raw.send({ flags: SYN, stream: 3 }, id(2))
    expect((await quick.stream).id).toBe(3)
    raw.send({ stream: 1 }, id(1).subarray(3))
    expect((await slow.stream).id).toBe(1)
  })

  it.each<[string, (raw: RawEnd) => void]>([
    ['another id', (raw) => raw.send({ stream: 2 }, id(301))],
    ['the end of the stream', (raw) => raw.send({ kind: 'window', flags: FIN, stream: 2 })],
    ['a reset', (raw) => raw.send({ kind: 'window', flags: RST, stream: 2 })],
  ])('fails a dial that is answered with %s', async (_, answer) => {
    const { broker, raw } = brokerAgainst()
    const dialled = broker.dial(300)
    await raw.until((end) => end.bytes(2).length === 4)
    answer(raw)
    await expect(dialled).rejects.toMatchObject({
      code: 'wire.lost',
      message: expect.stringContaining('300'),
    })
  })

  it('gives a dial up that is never answered', async () => {
    onlyTimers()
    const { broker, raw } = brokerAgainst()
    const dialled = expect(broker.dial(1)).rejects.toMatchObject({ code: 'wire.lost' })
    await raw.until((end) => end.bytes(2).length === 4)
    vi.advanceTimersByTime(10_000)
    await dialled
  })

  it('gives an accept up that nobody dials', async () => {
    onlyTimers()
    const accepted = brokerAgainst().broker.accept(9)
    vi.advanceTimersByTime(ACCEPT_TIMEOUT)
    await expect(accepted.stream).rejects.toMatchObject({ code: 'wire.timeout' })
  })

  it('lets an accept be withdrawn', async () => {
    const { broker } = brokerAgainst()
    const accepted = broker.accept(9)
    accepted.withdraw()
    await expect(accepted.stream).rejects.toMatchObject({ code: 'wire.lost' })
  })

  it('keeps one stream for an id that is not accepted yet, and refuses another', async () => {
    const { broker, raw } = brokerAgainst()
    raw.send({ flags: SYN, stream: 1 }, id(4))
    raw.send({ flags: SYN, stream: 3 }, id(4))
    await raw.until((end) => end.frames('window', 3).length === 2)
    expect(raw.frames('window', 3).map(({ flags }) => flags)).toEqual([ACK, RST])
    expect((await broker.accept(4).stream).id).toBe(1)
  })

  it('drops a stream that nobody accepts, or that never says its id', async () => {
    onlyTimers()
    const { raw } = brokerAgainst()
    raw.send({ flags: SYN, stream: 1 }, id(4))
    raw.send({ flags: SYN, stream: 3 }, Buffer.from('x'))
    await raw.until((end) => end.frames('window').length === 2)
    await new Promise((resolve) => setImmediate(resolve))
    vi.advanceTimersByTime(ACCEPT_TIMEOUT)
    await raw.until((end) => end.frames('window').length === 4)
    expect(raw.frames('window').map(({ flags }) => flags)).toEqual([ACK, ACK, RST, RST])
  })
})
