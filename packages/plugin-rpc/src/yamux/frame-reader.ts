import { FIN, type Frame, readFrame } from './frame.ts'

export interface FrameEvents {
  /** Before any of its payload; an end that came with payload is taken off and told by {@link payload}. */
  frame(frame: Frame): void
  /** A piece of the last data frame's payload; `end` where the stream ends behind it. */
  payload(piece: Uint8Array, end: boolean): void
}

const EMPTY = new Uint8Array(0)

/** Finds the frames in the chunks of a connection. It holds back at most the beginning of a header. */
export class FrameReader {
  readonly #on: FrameEvents
  #headerStart: Uint8Array = EMPTY
  #payloadLeft = 0
  #endsStream = false

  constructor(on: FrameEvents) {
    this.#on = on
  }

  /** Throws `wire.malformed` for what is no frame, and whatever the events throw. */
  push(chunk: Uint8Array): void {
    let bytes = this.#headerStart.length === 0 ? chunk : Buffer.concat([this.#headerStart, chunk])
    bytes = this.#takePayload(bytes)
    for (let read = readFrame(bytes); read !== 'more'; read = readFrame(bytes)) {
      this.#begin(read.frame)
      bytes = this.#takePayload(read.rest)
    }
    this.#headerStart = bytes.length === 0 ? EMPTY : Uint8Array.from(bytes)
  }

  #begin(frame: Frame): void {
    const payload = frame.kind === 'data' ? frame.length : 0
    this.#endsStream = payload > 0 && (frame.flags & FIN) !== 0
    this.#on.frame(this.#endsStream ? { ...frame, flags: frame.flags & ~FIN } : frame)
    this.#payloadLeft = payload
  }

  #takePayload(bytes: Uint8Array): Uint8Array {
    if (this.#payloadLeft === 0 || bytes.length === 0) return bytes
    const piece = bytes.subarray(0, this.#payloadLeft)
    this.#payloadLeft -= piece.length
    this.#on.payload(piece, this.#endsStream && this.#payloadLeft === 0)
    return bytes.subarray(piece.length)
  }
}
