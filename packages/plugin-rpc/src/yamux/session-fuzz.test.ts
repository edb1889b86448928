import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzzing } from '../../test/fuzzing.ts'
import { sessionAgainst } from '../../test/raw-end.ts'
import { type Frame, type FrameKind, writeFrame } from './frame.ts'
import type { Session } from './session.ts'

/** Streams that exist or might, and lengths around everything that matters. */
const frame = fc.record<Frame>({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<FrameKind>('data', 'window') },
    { weight: 1, arbitrary: fc.constantFrom<FrameKind>('ping', 'goAway') },
  ),
  flags: fc.oneof(fc.constantFrom(0, 1, 2, 4, 8), fc.nat(15), fc.nat(0xffff)),
  stream: fc.oneof(fc.nat(12), fc.nat(0xffff_ffff)),
  length: fc.oneof(fc.nat(64), fc.constantFrom(131_072, 262_140, 262_144, 262_145, 0x7fff_ffff, 0xffff_ffff)),
})

/** A frame, with as many payload bytes as it announces, or with fewer. */
const sent = fc.tuple(frame, fc.nat(300_000)).map(([one, cut]) => {
  const payload = one.kind === 'data' ? Math.min(one.length, cut) : 0
  return Buffer.concat([writeFrame(one), Buffer.alloc(payload, 7)])
})

async function use(session: Session): Promise<void> {
  for (let stream = await session.accept(); stream; stream = await session.accept()) {
    const taken = stream
    void (async () => {
      for (let chunk = await taken.read(); chunk; chunk = await taken.read()) await taken.write(chunk)
      await taken.close()
    })().catch((error) => expect(error.code).toMatch(/^wire\./))
  }
}

describe('a session', () => {
  it('survives any frames: it goes on or ends with a typed error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(sent, { maxLength: 30 }),
        fc.constantFrom('host', 'plugin'),
        async (frames, side) => {
          const { session, raw } = sessionAgainst(side as 'host' | 'plugin')
          const using = use(session)
          for (const bytes of frames) raw.write(bytes)
          raw.end()
          expect((await session.ended).code).toMatch(/^wire\./)
          await using
        },
      ),
      fuzzing(300),
    )
  })

  it('survives any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 })), async (chunks) => {
        const { session, raw } = sessionAgainst('plugin')
        const using = use(session)
        for (const chunk of chunks) raw.write(chunk)
        raw.end()
        expect((await session.ended).code).toMatch(/^wire\./)
        await using
      }),
      fuzzing(300),
    )
  })

  it('gives up an end that asks for answers and reads none', async () => {
    const { session, raw } = sessionAgainst('plugin')
    raw.stopReading()
    const pings = Buffer.concat(
      Array.from({ length: 5_000 }, (_, length) => writeFrame({ kind: 'ping', flags: 1, stream: 0, length })),
    )
    let over = false
    void session.ended.then(() => {
      over = true
    })
    for (let i = 0; i < 2_000 && !over; i++) await raw.writeAndWait(pings)
    expect((await session.ended).code).toBe('wire.limit')
  })
})
