import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectOnlyWireErrors } from '../../test/only-wire-errors.ts'
import {
  ACK,
  FIN,
  type Frame,
  type FrameKind,
  HEADER_BYTES,
  RST,
  readFrame,
  SYN,
  writeFrame,
} from './frame.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

const frames = fc.record<Frame>({
  kind: fc.constantFrom<FrameKind>('data', 'window', 'ping', 'goAway'),
  flags: fc.nat(0xffff),
  stream: fc.nat(0xffff_ffff),
  length: fc.nat(0xffff_ffff),
})

describe('a frame', () => {
  it.each<[string, string, Frame]>([
    [
      'a host opens stream 1',
      '0001 0001 00000001 00000000',
      { kind: 'window', flags: SYN, stream: 1, length: 0 },
    ],
    [
      'a plugin takes it up',
      '0001 0002 00000001 00000000',
      { kind: 'window', flags: ACK, stream: 1, length: 0 },
    ],
    ['four bytes of data', '0000 0000 00000001 00000004', { kind: 'data', flags: 0, stream: 1, length: 4 }],
    [
      'the end of stream 2',
      '0001 0004 00000002 00000000',
      { kind: 'window', flags: FIN, stream: 2, length: 0 },
    ],
    ['a grant', '0001 0000 00000003 00020000', { kind: 'window', flags: 0, stream: 3, length: 131_072 }],
    ['a reset', '0001 0008 00000005 00000000', { kind: 'window', flags: RST, stream: 5, length: 0 }],
    ['a ping', '0002 0001 00000000 00000000', { kind: 'ping', flags: SYN, stream: 0, length: 0 }],
    ['a farewell', '0003 0000 00000000 00000001', { kind: 'goAway', flags: 0, stream: 0, length: 1 }],
  ])('has the bytes that real ends write: %s', (_, bytes, frame) => {
    expect(readFrame(hex(bytes))).toEqual({ frame, rest: Buffer.alloc(0) })
    expect(writeFrame(frame)).toEqual(hex(bytes))
  })

  it('reads as it was written, and leaves what follows', () => {
    fc.assert(
      fc.property(frames, fc.uint8Array(), (frame, rest) => {
        expect(readFrame(Buffer.concat([writeFrame(frame), rest]))).toEqual({
          frame,
          rest: Buffer.from(rest),
        })
      }),
    )
  })

  it('asks for more while its header is incomplete', () => {
    fc.assert(
      fc.property(frames, fc.nat(HEADER_BYTES - 1), (frame, length) => {
        expect(readFrame(writeFrame(frame).subarray(0, length))).toBe('more')
      }),
    )
  })

  it('is refused with a typed error when it is none', () => {
    expectOnlyWireErrors(readFrame, fc.uint8Array({ maxLength: 40 }))
    expect(() => readFrame(hex('0100 0000 00000001 00000000'))).toThrow(/No multiplexed frame/)
    expect(() => readFrame(hex('0004 0000 00000001 00000000'))).toThrow(/No multiplexed frame/)
  })
})
