import type { Duplex } from 'node:stream'
import { writeFrame } from '../src/yamux/frame.ts'
import { memoryPipe } from '../src/yamux/memory-pipe.ts'
import { RawEnd } from './raw-end.ts'
import type { RecordedFrame, Speaker } from './recording.ts'

export interface Replay {
  /** For the end under test, which takes the place of the one that was recorded. */
  readonly transport: Duplex
  /** What the end under test says. */
  readonly raw: RawEnd
  /** Resolves when everything was said, up to the last frame of the recording. */
  readonly done: Promise<void>
}

/** Go sends the first bytes of a longer message as a frame of this size; ours come in one. */
const GO_PIECE = 4_096

/**
 * Plays one end of a recording: says each of its frames once the end under test has said as many frames as the
 * recorded one had said before it.
 */
export function replay(frames: readonly RecordedFrame[], as: Speaker): Replay {
  const [transport, other] = memoryPipe()
  const raw = new RawEnd(other)
  return { transport, raw, done: play(frames, as, raw) }
}

async function play(frames: readonly RecordedFrame[], as: Speaker, raw: RawEnd): Promise<void> {
  let awaited = 0
  for (const frame of frames) {
    if (frame.from !== as) {
      if (frame.payload.length !== GO_PIECE) awaited += 1
      continue
    }
    const before = awaited
    await raw.until((end) => end.seen.length >= before)
    raw.write(Buffer.concat([writeFrame(frame), frame.payload]))
  }
  const all = awaited
  await raw.until((end) => end.seen.length >= all)
}
