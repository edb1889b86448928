import { Readable, Writable } from 'node:stream'
import { WireError } from '../wire-error.ts'
import type { YamuxStream } from './stream.ts'

/** What comes on a stream, pulled only as it is read. */
export function readableFrom(stream: YamuxStream): Readable {
  const readable = new Readable({
    read() {
      stream.read().then(
        (chunk) => this.push(chunk ?? null),
        (error) => this.destroy(error),
      )
    },
    destroy(error, done) {
      stream.discard()
      done(error)
    },
  })
  return quiet(readable)
}

/** Writes to a stream, and ends it. */
export function writableTo(stream: YamuxStream): Writable {
  const writable = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      stream.write(chunk).then(() => done(), done)
    },
    final(done) {
      stream.close().then(() => done(), done)
    },
    destroy(error, done) {
      if (error) stream.reset()
      else void stream.close()
      done(error)
    },
  })
  return quiet(writable)
}

/** Copies to the end of the source, or until stopped, and ends the stream. A source that fails resets it. */
export async function copyFrom(source: Readable, stream: YamuxStream, stopped: AbortSignal): Promise<void> {
  const abandon = () => stream.abandon()
  stopped.addEventListener('abort', abandon)
  const release = hushErrors(source)
  try {
    for (let chunk = await nextChunk(source, stopped); chunk; chunk = await nextChunk(source, stopped))
      await stream.write(chunk)
    await stream.close()
  } catch (error) {
    if (!stopped.aborted) stream.reset()
    throw error
  } finally {
    release()
    stopped.removeEventListener('abort', abandon)
  }
}

/** Copies to the end of the stream; resolves when the target has taken everything, and leaves it open. */
export async function copyTo(stream: YamuxStream, target: Writable): Promise<void> {
  const release = hushErrors(target)
  try {
    for (let chunk = await stream.read(); chunk; chunk = await stream.read()) await write(target, chunk)
    void stream.close()
  } catch (error) {
    stream.reset()
    throw error
  } finally {
    release()
  }
}

/** A failure is told to whoever asked for the copy; its event would only end the process where nobody listens. */
function hushErrors(stream: Readable | Writable): () => void {
  const ignore = () => {}
  stream.on('error', ignore)
  return () => {
    // The event of an error that was told already may still come.
    if (!stream.errored) stream.off('error', ignore)
  }
}

/** The end of the wire is told to whoever reads or writes; an event that nobody listens to must not end the process. */
function quiet<T extends Readable | Writable>(stream: T): T {
  stream.on('error', () => {})
  return stream
}

function write(target: Writable, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    target.write(chunk, (error) => (error ? reject(error) : resolve()))
  })
}

/** Undefined at the end and once stopped. */
async function nextChunk(source: Readable, stopped: AbortSignal): Promise<Uint8Array | undefined> {
  while (!stopped.aborted) {
    const chunk: unknown = source.read()
    if (chunk !== null) return toBytes(chunk)
    if (source.readableEnded) return undefined
    if (source.errored) throw source.errored
    if (source.destroyed) throw new WireError('wire.lost', 'What was to be sent ended before its end.')
    await change(source, stopped)
  }
  return undefined
}

function change(source: Readable, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const events = ['readable', 'end', 'error', 'close']
    const done = () => {
      for (const event of events) source.off(event, done)
      stopped.removeEventListener('abort', done)
      resolve()
    }
    for (const event of events) source.on(event, done)
    stopped.addEventListener('abort', done)
  })
}

function toBytes(chunk: unknown): Uint8Array {
  return chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk))
}
