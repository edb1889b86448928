import type { Duplex } from 'node:stream'
import { writeFrame } from '../src/yamux/frame.ts'
import { memoryPipe } from '../src/yamux/memory-pipe.ts'
import { RawEnd, type SeenFrame } from './raw-end.ts'
import { callsOf, type Purpose, type RecordedStreams } from './recorded-calls.ts'
import type { RecordedFrame, Speaker } from './recording.ts'
import { type Reached, StreamProgress } from './stream-progress.ts'

interface Line {
  readonly frame: RecordedFrame
  /** What the other end had said before. */
  readonly after: ReadonlyMap<number, Reached>
}

/**
 * Plays one end of a recorded session against an end of ours, byte for byte: each of its frames as soon as ours has said
 * what the recorded other end had said before it.
 */
export class RecordedEnd {
  /** For the end of ours that takes the place of the recorded one. */
  readonly transport: Duplex
  readonly #as: Speaker
  readonly #raw: RawEnd
  readonly #lines: Line[]
  readonly #heard: StreamProgress
  readonly #purposes: ReadonlyMap<number, Purpose>
  readonly #said = new Map<number, number>()
  #counted = 0
  #next = 0

  constructor(frames: readonly RecordedFrame[], as: Speaker) {
    const [transport, other] = memoryPipe()
    this.transport = transport
    this.#as = as
    this.#raw = new RawEnd(other)
    this.#purposes = callsOf(frames).purposes
    this.#heard = new StreamProgress(this.#purposes)
    const recorded = new StreamProgress(this.#purposes)
    this.#lines = withOurIds(frames, as).flatMap((frame) => {
      if (frame.from === as) return [{ frame, after: recorded.reached() }]
      recorded.add(frame)
      return []
    })
  }

  /** Frames of ours that came. */
  get seen(): readonly SeenFrame[] {
    return this.#raw.seen
  }

  get over(): boolean {
    return this.#next === this.#lines.length
  }

  /** Says everything whose time has come; false where that is nothing. */
  goOn(): boolean {
    for (const frame of this.#raw.seen.slice(this.#counted)) this.#heard.add(frame)
    this.#counted = this.#raw.seen.length
    const before = this.#next
    while (!this.over && this.#isTime(this.#lines[this.#next]!)) this.#say()
    return this.#next > before
  }

  /** Says the next frame though its time has not come, and what had to be waited for. */
  skip(): string {
    const { frame } = this.#lines[this.#next]!
    if (!this.#hasRoom(frame)) throw new Error(`There is no room for frame ${this.#next} of the ${this.#as}.`)
    this.#say()
    return `${this.#as} ${this.#next - 1}`
  }

  /** What passed on the streams of this session, with ours in the place of the recorded end. */
  spoken(): RecordedStreams {
    const ours = this.#as === 'host' ? 'plugin' : 'host'
    const theirs = this.#lines.map(({ frame }) => frame)
    return callsOf(
      [...theirs, ...this.seen.map((frame) => ({ ...frame, from: ours }) as const)],
      this.#purposes,
    )
  }

  end(): void {
    this.#raw.end()
  }

  #isTime({ frame, after }: Line): boolean {
    return this.#heard.has(after) && this.#hasRoom(frame)
  }

  #hasRoom({ stream, payload }: RecordedFrame): boolean {
    return (this.#said.get(stream) ?? 0) + payload.length <= this.#heard.room(stream)
  }

  #say(): void {
    const { frame } = this.#lines[this.#next++]!
    this.#said.set(frame.stream, (this.#said.get(frame.stream) ?? 0) + frame.payload.length)
    this.#raw.write(Buffer.concat([writeFrame(frame), frame.payload]))
  }
}

/** Ids of shown transfers are invented by the end that is called; where that is ours, they are ours, and as long. */
function withOurIds(frames: readonly RecordedFrame[], as: Speaker): RecordedFrame[] {
  const renamed = new Map<string, string>()
  const counts = new Map<number, number>()
  for (const { caller, stream, method, argument, answer } of callsOf(frames).calls) {
    if (caller !== as || !answer || method !== 'Ui.NewTrackProgress') continue
    const count = counts.get(stream) ?? 0
    counts.set(stream, count + 1)
    const { Src: source } = argument as { Src: string }
    renamed.set(String(answer.reply), source + count.toString(36).padStart(6, '0'))
  }
  return frames.map((frame) =>
    frame.from === as ? { ...frame, payload: replaced(frame.payload, renamed) } : frame,
  )
}

function replaced(payload: Buffer, renamed: ReadonlyMap<string, string>): Buffer {
  const result = Buffer.from(payload)
  for (const [theirs, ours] of renamed)
    for (let at = result.indexOf(theirs); at >= 0; at = result.indexOf(theirs, at + 1)) result.write(ours, at)
  return result
}
