import type { Readable, Writable } from 'node:stream'
import type { RemoteCommand } from '@ingot/plugin-rpc'
import { CancelledError } from '../../errors/cancelled-error.ts'
import { isGone } from './soap/reply.ts'
import type { CommandAddress, ShellService } from './soap/shell-service.ts'

/** How much of a command's input goes in one call: bytes, so that it fits the smallest envelope in base64. */
export const INPUT_SIZE = 90_000

/** How long ending a command, or a shell, may take: milliseconds. */
const END_TIMEOUT = 10_000

/** How long a command that is given up may take to end by itself: milliseconds. */
const INTERRUPT_TIMEOUT = 3000

/** What a command ends with where the machine does not tell. */
const UNKNOWN_STATUS = 123

/** The streams of a command; they stay open, their owner ends them. */
export type Streams = Omit<RemoteCommand, 'command'>

/** A command that has begun, its streams and who may cancel it. */
export interface Followed {
  readonly service: ShellService
  readonly at: CommandAddress
  readonly streams: Streams
  readonly signal: AbortSignal
}

/** Carries a command's streams until it has ended, and answers its exit status. A command that is given up is ended. */
export async function follow(command: Followed): Promise<number> {
  const { service, at, streams } = command
  const over = new AbortController()
  const fed = feed(command, over.signal)
  let isThere = true
  try {
    return await receiveAll(command)
  } catch (error) {
    isThere = !isGone(error)
    if (isThere) await interrupt(command)
    throw error
  } finally {
    over.abort()
    // Nobody waits for input that the command does not want.
    streams.stdin?.destroy()
    await fed
    if (isThere) await attempt((limit) => service.signal(at, 'terminate', limit))
  }
}

/** As a Ctrl-C: the command may clean up. */
async function interrupt({ service, at }: Followed): Promise<void> {
  const end = async (limit: AbortSignal) => {
    await service.signal(at, 'interrupt', limit)
    for (let isDone = false; !isDone; ) ({ isDone } = await service.receive(at, limit))
  }
  await attempt(end, INTERRUPT_TIMEOUT)
}

async function receiveAll({ service, at, streams, signal }: Followed): Promise<number> {
  for (;;) {
    const { output, isDone, exitStatus } = await service.receive(at, signal)
    for (const { stream, data } of output) await write(streams[stream], data, signal)
    if (isDone) return exitStatus ?? UNKNOWN_STATUS
  }
}

/** Waits for the target, so that no more is asked of the machine than it takes. */
function write(target: Writable | undefined, data: Buffer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!target) return resolve()
    const cancel = () => reject(new CancelledError())
    signal.addEventListener('abort', cancel)
    target.write(data, (error) => {
      signal.removeEventListener('abort', cancel)
      if (error) reject(error)
      else resolve()
    })
  })
}

/** A command need not read its input, and may end before: that shows where its output is read, not here. */
async function feed({ service, at, streams: { stdin } }: Followed, over: AbortSignal): Promise<void> {
  if (!stdin) return
  const send = (data: Buffer, isLast: boolean) => service.send(at, { data, isLast }, over)
  try {
    await sendAll(stdin, (data) => send(data, false))
    await send(Buffer.alloc(0), true)
  } catch {
    // Input that ends in an error ends all the same.
    if (!over.aborted) await send(Buffer.alloc(0), true).catch(() => {})
  }
}

async function sendAll(stdin: Readable, send: (data: Buffer) => Promise<void>): Promise<void> {
  for await (const chunk of stdin as AsyncIterable<Buffer | string>) {
    const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    for (let at = 0; at < data.length; at += INPUT_SIZE) await send(data.subarray(at, at + INPUT_SIZE))
  }
}

/** Ends something on a machine that may be gone: then there is nothing to end. */
export async function attempt(
  end: (limit: AbortSignal) => Promise<void>,
  milliseconds = END_TIMEOUT,
): Promise<void> {
  await end(AbortSignal.timeout(milliseconds)).catch(() => {})
}
