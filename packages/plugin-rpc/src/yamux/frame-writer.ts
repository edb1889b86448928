import type { Duplex } from 'node:stream'
import { WireError } from '../wire-error.ts'
import { type Frame, HEADER_BYTES, writeFrame } from './frame.ts'
import { UNSENT_ANYTHING, UNSENT_DATA } from './limits.ts'

/** Payloads up to this size are copied behind their header, so that both leave as one piece. */
const COPIED = 4_096

/** Puts frames on a connection; what is written in one go of the event loop leaves in one system call. */
export class FrameWriter {
  readonly #transport: Duplex
  #corked = false

  constructor(transport: Duplex) {
    this.#transport = transport
  }

  /** False while more data would only pile up before the socket; `drain` on it tells when to go on. */
  get readyForData(): boolean {
    return this.#transport.writableLength < UNSENT_DATA
  }

  /** Throws `wire.limit` when the other end makes us write and reads none of it. */
  send(frame: Frame): void {
    this.#cork()
    this.#transport.write(writeFrame(frame))
    if (this.#transport.writableLength > UNSENT_ANYTHING)
      throw new WireError('wire.limit', `The other end has left ${UNSENT_ANYTHING} bytes unread.`)
  }

  sendData(stream: number, payload: Uint8Array): void {
    this.#cork()
    const frame: Frame = { kind: 'data', flags: 0, stream, length: payload.length }
    if (payload.length <= COPIED) {
      const bytes = writeFrame(frame, payload.length)
      bytes.set(payload, HEADER_BYTES)
      this.#transport.write(bytes)
    } else {
      this.#transport.write(writeFrame(frame))
      this.#transport.write(payload)
    }
  }

  #cork(): void {
    if (this.#corked) return
    this.#corked = true
    this.#transport.cork()
    process.nextTick(() => this.#uncork())
  }

  #uncork(): void {
    this.#corked = false
    this.#transport.uncork()
  }
}
