import { once } from 'node:events'
import type { Server } from 'node:http'
import type { ListenOptions } from 'node:net'
import { cachePath } from '../../cache/cache-path.ts'
import { messageOf } from '../../errors/message-of.ts'
import { type Lock, tryLock } from '../files/lock-file.ts'

/** Every port of the range is taken. */
export class NoFreePortError extends Error {
  override readonly name = 'NoFreePortError'
}

/** Where a server may listen. */
export interface PortRange {
  readonly min: number
  readonly max: number
  readonly listenAt: (port: number) => ListenOptions
  /** In [0, 1). */
  readonly random: () => number
}

/** A port that this process has to itself; others that go by the lock files leave it alone. */
export interface HeldPort {
  readonly port: number
  readonly lock: Lock
}

/**
 * Has the server listen on a free port of the range, beginning at a random one.
 * @throws NoFreePortError
 */
export async function listenInRange(server: Server, range: PortRange): Promise<HeldPort> {
  const count = range.max - range.min + 1
  const first = Math.floor(range.random() * count)
  let last: unknown
  for (let offset = 0; offset < count; offset += 1) {
    const port = range.min + ((first + offset) % count)
    const lock = await tryLock(await cachePath('port', `${port}.lock`))
    if (!lock) continue
    try {
      await listen(server, range.listenAt(port))
      return { port, lock }
    } catch (error) {
      await lock.release()
      if (!isTaken(error)) throw error
      last = error
    }
  }
  const why = last === undefined ? 'other builds hold them' : messageOf(last)
  throw new NoFreePortError(
    `No port from ${range.min} to ${range.max} is free for the HTTP server (${why}): widen http_port_min and http_port_max`,
  )
}

async function listen(server: Server, at: ListenOptions): Promise<void> {
  const listening = once(server, 'listening')
  server.listen(at)
  await listening
}

function isTaken(error: unknown): boolean {
  return ['EADDRINUSE', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')
}
