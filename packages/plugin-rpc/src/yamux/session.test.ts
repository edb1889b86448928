import { createHash, randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sessionAgainst, sessionPair } from '../../test/raw-end.ts'
import { ACK, FIN, RST, SYN } from './frame.ts'
import { BACKLOG, CLOSE_TIMEOUT, PING_INTERVAL, PING_TIMEOUT, WINDOW } from './limits.ts'
import type { YamuxStream } from './stream.ts'

const text = (value: string) => Buffer.from(value)

async function readAll(stream: YamuxStream): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for (let chunk = await stream.read(); chunk; chunk = await stream.read()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

afterEach(() => vi.useRealTimers())

describe('two sessions', () => {
  it('carry payloads far beyond a window in both directions at once', async () => {
    const { host, plugin } = sessionPair()
    const [up, down] = [randomBytes(5_000_000), randomBytes(3_000_000)]
    const here = host.open()
    const sent = here.write(up).then(() => here.close())
    const there = (await plugin.accept())!
    const back = there.write(down).then(() => there.close())
    const [received, returned] = await Promise.all([readAll(there), readAll(here), sent, back])
    expect([digest(received), digest(returned)]).toEqual([digest(up), digest(down)])
  })

  it('keep many streams apart', async () => {
    const { host, plugin } = sessionPair()
    const streams = Array.from({ length: 100 }, () => host.open())
    const contents = streams.map(() => randomBytes(10_000))
    const sent = streams.map((stream, i) => stream.write(contents[i]!).then(() => stream.close()))
    const received = new Map<number, string>()
    for (let i = 0; i < streams.length; i++) {
      const stream = (await plugin.accept())!
      received.set(stream.id, digest(await readAll(stream)))
    }
    await Promise.all(sent)
    expect(streams.map(({ id }) => received.get(id))).toEqual(contents.map(digest))
  })

  it('let one end go on after the other has ended its direction', async () => {
    const { host, plugin } = sessionPair()
    const here = host.open()
    await here.close()
    const there = (await plugin.accept())!
    expect(await there.read()).toBeUndefined()
    await there.write(text('still here'))
    await there.close()
    expect((await readAll(here)).toString()).toBe('still here')
  })

  it('end together: what had arrived is read, then comes the loss', async () => {
    const { host, plugin } = sessionPair()
    const here = host.open()
    await here.write(text('last words'))
    const there = (await plugin.accept())!
    await host.close()
    expect((await plugin.ended).code).toBe('wire.lost')
    expect(Buffer.from((await there.read())!).toString()).toBe('last words')
    await expect(there.read()).rejects.toMatchObject({ code: 'wire.lost' })
    await expect(there.write(text('x'))).rejects.toMatchObject({ code: 'wire.lost' })
    expect(await plugin.accept()).toBeUndefined()
    expect(() => plugin.open()).toThrow(/lost/)
  })

  it('free a writer whose reader discards', async () => {
    const { host, plugin } = sessionPair()
    const here = host.open()
    const sent = here.write(randomBytes(2_000_000))
    const there = (await plugin.accept())!
    there.discard()
    await sent
    expect(await there.read()).toBeUndefined()
  })

  it('end a stream at once when it is abandoned, whatever waits to be sent', async () => {
    const { host, plugin } = sessionPair()
    const here = host.open()
    const sent = here.write(randomBytes(2_000_000))
    const there = (await plugin.accept())!
    here.abandon()
    await expect(sent).rejects.toMatchObject({ code: 'wire.lost' })
    expect((await readAll(there)).length).toBe(WINDOW)
  })
})

describe('towards a peer of any kind, a session', () => {
  it('opens odd streams as a host and even ones as a plugin', async () => {
    const host = sessionAgainst('host')
    expect([host.session.open().id, host.session.open().id]).toEqual([1, 3])
    await host.raw.until((end) => end.seen.length === 2)
    expect(host.raw.seen[0]).toMatchObject({ kind: 'window', flags: SYN, stream: 1, length: 0 })
    expect([...'ab'].map(() => sessionAgainst('plugin').session.open().id)).toEqual([2, 2])
  })

  it('sends as much as the window holds in one frame, and the rest when it is widened', async () => {
    const { session, raw } = sessionAgainst('host')
    const stream = session.open()
    await stream.write(text('id__'))
    const sent = stream.write(randomBytes(400_000))
    await raw.until((end) => end.bytes(1).length === WINDOW)
    expect(raw.frames('data', 1).map(({ length }) => length)).toEqual([4, WINDOW - 4])
    raw.send({ kind: 'window', stream: 1, length: 137_860 })
    await sent
    await raw.until((end) => end.bytes(1).length === 400_004)
  })

  it('grants what was read once it is half a window, and nothing for what lies unread', async () => {
    const { session, raw } = sessionAgainst('plugin')
    raw.send({ kind: 'window', flags: SYN, stream: 1 })
    raw.send({ stream: 1 }, Buffer.alloc(WINDOW))
    const stream = (await session.accept())!
    await raw.until((end) => end.frames('window', 1).length === 1)
    await stream.read(131_071)
    raw.send({ kind: 'ping', flags: SYN, length: 1 })
    await raw.until((end) => end.frames('ping').length === 1)
    expect(raw.frames('window', 1)).toMatchObject([{ flags: ACK, length: 0 }])
    await stream.read(1)
    await raw.until((end) => end.frames('window', 1).length === 2)
    expect(raw.frames('window', 1)[1]).toMatchObject({ flags: 0, length: 131_072 })
  })

  it('goes on reading the connection while a stream waits for its reader', async () => {
    const { session, raw } = sessionAgainst('plugin')
    raw.send({ kind: 'window', flags: SYN, stream: 1 })
    raw.send({ stream: 1 }, Buffer.alloc(WINDOW))
    raw.send({ flags: SYN, stream: 3 }, text('through'))
    await session.accept()
    const second = (await session.accept())!
    expect(Buffer.from((await second.read())!).toString()).toBe('through')
  })

  it('acknowledges each stream once, when it is taken', async () => {
    const { session, raw } = sessionAgainst('plugin')
    raw.send({ kind: 'window', flags: SYN, stream: 1 })
    raw.send({ kind: 'ping', flags: SYN, length: 7 })
    await raw.until((end) => end.seen.length === 1)
    expect(raw.seen).toMatchObject([{ kind: 'ping', flags: ACK, length: 7 }])
    const stream = (await session.accept())!
    await stream.write(text('x'))
    await stream.close()
    await raw.until((end) => end.seen.length === 4)
    expect(raw.seen.map(({ flags }) => flags)).toEqual([ACK, ACK, 0, FIN])
  })

  it('ends a stream exactly once, however often it is closed', async () => {
    const { session, raw } = sessionAgainst('host')
    const stream = session.open()
    await Promise.all([stream.close(), stream.close()])
    await stream.close()
    raw.send({ kind: 'window', flags: ACK | FIN, stream: 1 })
    expect(await stream.read()).toBeUndefined()
    stream.abandon()
    await stream.close()
    stream.reset()
    raw.send({ kind: 'ping', flags: SYN })
    await raw.until((end) => end.frames('ping').length === 1)
    expect(raw.frames('window', 1).map(({ flags }) => flags)).toEqual([SYN, FIN])
  })

  it('takes data behind the end of its stream quietly', async () => {
    const { session, raw } = sessionAgainst('plugin')
    raw.send({ kind: 'window', flags: SYN, stream: 1 })
    raw.send({ stream: 1 }, text('before'))
    raw.send({ kind: 'window', flags: FIN, stream: 1 })
    raw.send({ stream: 1 }, text(' and behind'))
    const stream = (await session.accept())!
    expect((await readAll(stream)).toString()).toBe('before and behind')
    raw.send({ stream: 1 }, text('much later'))
    await stream.write(text('still open'))
    await raw.until((end) => end.bytes(1).toString() === 'still open')
  })

  it('takes an end that comes on a data frame after its bytes', async () => {
    const { session, raw } = sessionAgainst('plugin')
    raw.send({ flags: SYN | FIN, stream: 1 }, text('all at once'))
    expect((await readAll((await session.accept())!)).toString()).toBe('all at once')
  })

  it('fails readers and writers of a stream that is reset, and no other', async () => {
    const { session, raw } = sessionAgainst('host')
    const [first, second] = [session.open(), session.open()]
    const [reading, writing] = [first.read(), first.write(randomBytes(WINDOW + 1))]
    raw.send({ kind: 'window', flags: RST, stream: 1 })
    await expect(reading).rejects.toMatchObject({ code: 'wire.reset' })
    await expect(writing).rejects.toMatchObject({ code: 'wire.reset' })
    await second.write(text('fine'))
    await raw.until((end) => end.bytes(3).toString() === 'fine')
  })

  it('ignores frames for streams that are not, or no more, there', async () => {
    const { session, raw } = sessionAgainst('host')
    raw.send({ stream: 99 }, Buffer.alloc(1_000_000))
    raw.send({ kind: 'window', flags: FIN, stream: 98 })
    raw.send({ kind: 'window', flags: RST, stream: 97 })
    raw.send({ kind: 'ping', flags: SYN })
    await raw.until((end) => end.frames('ping').length === 1)
    expect(session.open().id).toBe(1)
  })

  it('refuses streams beyond its backlog, and takes new ones when some were taken', async () => {
    const { session, raw } = sessionAgainst('plugin')
    for (let i = 0; i <= BACKLOG; i++) raw.send({ kind: 'window', flags: SYN, stream: 2 * i + 1 })
    await raw.until((end) => end.frames('window').length === 1)
    expect(raw.seen).toMatchObject([{ flags: RST, stream: 2 * BACKLOG + 1 }])
    await session.accept()
    raw.send({ kind: 'window', flags: SYN, stream: 9_001 })
    for (let i = 0; i < BACKLOG; i++) await session.accept()
    await raw.until((end) => end.frames('window', 9_001).length === 1)
    expect(raw.frames('window', 9_001)).toMatchObject([{ flags: ACK }])
  })

  it('does not open more streams than the other end has room for', async () => {
    const { session, raw } = sessionAgainst('host')
    for (let i = 0; i < BACKLOG; i++) session.open()
    expect(() => session.open()).toThrow(expect.objectContaining({ code: 'wire.refused' }))
    raw.send({ kind: 'window', flags: ACK, stream: 1 })
    raw.send({ kind: 'ping', flags: SYN })
    await raw.until((end) => end.frames('ping').length === 1)
    expect(session.open().id).toBe(2 * BACKLOG + 1)
  })

  it('opens nothing more after a farewell, and lets open streams live', async () => {
    const { session, raw } = sessionAgainst('host')
    const stream = session.open()
    raw.send({ kind: 'goAway', length: 0 })
    raw.send({ flags: ACK, stream: 1 }, text('alive'))
    expect(Buffer.from((await stream.read())!).toString()).toBe('alive')
    expect(() => session.open()).toThrow(expect.objectContaining({ code: 'wire.refused' }))
  })

  it.each([1, 2, 77])('is over when the other end leaves for reason %i', async (length) => {
    const { session, raw } = sessionAgainst('host')
    const reading = session.open().read()
    raw.send({ kind: 'goAway', length })
    await expect(reading).rejects.toMatchObject({ code: 'wire.lost' })
    expect((await session.ended).message).toContain(String(length))
  })

  it.each<[string, (raw: ReturnType<typeof sessionAgainst>['raw']) => void]>([
    [
      'more data than the window holds',
      (raw) => raw.send({ flags: SYN, stream: 1 }, Buffer.alloc(WINDOW + 1)),
    ],
    [
      'a stream that is open already',
      (raw) => {
        raw.send({ kind: 'window', flags: SYN, stream: 1 })
        raw.send({ kind: 'window', flags: SYN, stream: 1 })
      },
    ],
    ["a stream with an id of this end's", (raw) => raw.send({ kind: 'window', flags: SYN, stream: 2 })],
    ['a stream with the id of none', (raw) => raw.send({ kind: 'window', flags: SYN, stream: 0 })],
    ['another version', (raw) => raw.write(Buffer.from('010000000000000000000000', 'hex'))],
    ['no kind of frame', (raw) => raw.write(Buffer.from('000400000000000000000000', 'hex'))],
    [
      'a window without end',
      (raw) => {
        raw.send({ kind: 'window', flags: SYN, stream: 1, length: 0xffff_ffff })
      },
    ],
  ])('says that the protocol was broken, and ends, after %s', async (_, act) => {
    const { session, raw } = sessionAgainst('plugin')
    act(raw)
    expect((await session.ended).code).toBe('wire.malformed')
    await raw.until((end) => end.closed)
    expect(raw.seen.at(-1)).toMatchObject({ kind: 'goAway', length: 1 })
  })

  it('pings, and is content with an answer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
    const { session, raw } = sessionAgainst('host')
    for (let id = 0; id < 3; id++) {
      vi.advanceTimersByTime(PING_INTERVAL)
      await raw.until((end) => end.frames('ping').length === id + 1)
      expect(raw.seen.at(-1)).toMatchObject({ flags: SYN, stream: 0, length: id })
      raw.send({ kind: 'ping', flags: ACK, length: id })
    }
    expect(session.open().id).toBe(1)
  })

  it('ends when a ping stays unanswered', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
    const { session } = sessionAgainst('host')
    const reading = session.open().read()
    vi.advanceTimersByTime(PING_INTERVAL + PING_TIMEOUT)
    await expect(reading).rejects.toMatchObject({ code: 'wire.timeout' })
  })

  it('gives a stream up whose other end never ends it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { session, raw } = sessionAgainst('host')
    await session.open().close()
    vi.advanceTimersByTime(CLOSE_TIMEOUT)
    await raw.until((end) => end.frames('window', 1).length === 3)
    expect(raw.frames('window', 1).map(({ flags }) => flags)).toEqual([SYN, FIN, RST])
  })
})
