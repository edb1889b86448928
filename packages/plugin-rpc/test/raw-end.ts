import type { Duplex } from 'node:stream'
import { type Frame, writeFrame } from '../src/yamux/frame.ts'
import { FrameReader } from '../src/yamux/frame-reader.ts'
import type { KeepAliveOptions } from '../src/yamux/keep-alive.ts'
import { memoryPipe } from '../src/yamux/memory-pipe.ts'
import { Session, type Side } from '../src/yamux/session.ts'

export interface SeenFrame extends Frame {
  readonly payload: Buffer
}

/** One end of a connection without a session: a test says each frame and sees each frame. */
export class RawEnd {
  readonly seen: SeenFrame[] = []
  closed = false
  readonly #transport: Duplex
  #payloads: Buffer[] = []
  #wake = () => {}

  constructor(transport: Duplex) {
    this.#transport = transport
    const reader = new FrameReader({
      frame: (frame) => {
        this.#payloads = []
        this.seen.push({ ...frame, payload: Buffer.alloc(0) })
      },
      payload: (piece) => {
        this.#payloads.push(Buffer.from(piece))
        const last = this.seen.length - 1
        this.seen[last] = { ...this.seen[last]!, payload: Buffer.concat(this.#payloads) }
      },
    })
    transport.on('data', (chunk) => {
      reader.push(chunk)
      this.#wake()
    })
    transport.on('error', () => {})
    transport.on('close', () => {
      this.closed = true
      this.#wake()
    })
  }

  send(frame: Partial<Frame>, payload: Uint8Array = Buffer.alloc(0)): void {
    const whole: Frame = { kind: 'data', flags: 0, stream: 0, length: payload.length, ...frame }
    this.write(Buffer.concat([writeFrame(whole), payload]))
  }

  write(bytes: Uint8Array): void {
    this.#transport.write(bytes)
  }

  /** Resolves when the other end has taken the bytes, or is gone. */
  writeAndWait(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => this.#transport.write(bytes, () => resolve()))
  }

  stopReading(): void {
    this.#transport.pause()
  }

  end(): void {
    this.#transport.destroy()
  }

  /** Waits until what was seen satisfies the test's question. */
  async until(question: (end: RawEnd) => boolean): Promise<void> {
    while (!question(this)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  frames(kind: Frame['kind'], stream?: number): SeenFrame[] {
    return this.seen.filter(
      (frame) => frame.kind === kind && (stream === undefined || frame.stream === stream),
    )
  }

  /** Payload bytes seen on a stream. */
  bytes(stream: number): Buffer {
    return Buffer.concat(this.frames('data', stream).map(({ payload }) => payload))
  }
}

/** A session under test, and the other end in the test's hands. */
export function sessionAgainst(side: Side, options?: KeepAliveOptions): { session: Session; raw: RawEnd } {
  const [ours, theirs] = memoryPipe()
  return { session: new Session(ours, side, options), raw: new RawEnd(theirs) }
}

/** Two sessions that talk to each other. */
export function sessionPair(): { host: Session; plugin: Session } {
  const [left, right] = memoryPipe()
  return { host: new Session(left, 'host'), plugin: new Session(right, 'plugin') }
}
