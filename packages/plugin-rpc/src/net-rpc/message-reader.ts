import { ValueSplitter } from '../message-pack/value-splitter.ts'
import { WireError } from '../wire-error.ts'
import type { YamuxStream } from '../yamux/stream.ts'

/** A message's two values, not decoded yet. */
export interface Message {
  readonly header: Uint8Array
  readonly body: Uint8Array
}

/**
 * The messages of a stream until it ends. Throws `wire.truncated` where it ends inside of one, and whatever
 * the stream and its bytes bring. Nothing is read while the consumer is busy with a message.
 */
export async function* readMessages(stream: YamuxStream): AsyncGenerator<Message, void> {
  const splitter = new ValueSplitter()
  let header: Uint8Array | undefined
  for (let chunk = await stream.read(); chunk; chunk = await stream.read()) {
    for (const value of splitter.push(chunk)) {
      if (header) yield { header, body: value }
      header = header ? undefined : value
    }
  }
  if (header || !splitter.atBoundary)
    throw new WireError('wire.truncated', 'A call stream ended inside a message.')
}
