import type { Broker } from '../broker/broker.ts'
import { type ExplainLoss, RpcClient } from '../net-rpc/client.ts'
import { errorText } from '../net-rpc/error-text.ts'
import { RpcServer } from '../net-rpc/server.ts'
import type { ServiceTable } from '../net-rpc/service-table.ts'

/** The other end of a connection, and what was agreed with it. */
export interface Peer {
  readonly broker: Broker
  /** Whether specs and values travel as protobuf and MessagePack, or both as gob. */
  readonly protobuf: boolean
  /** Takes what nobody waits for, such as the failure of a line of output. */
  readonly log: (line: string) => void
  readonly explainLoss?: ExplainLoss
}

/** Milliseconds in which an end that has dialled begins with what it was called for. */
const MOMENT = 10

/** Services that the other end may call under an id. */
export interface Offer {
  readonly id: number
  /** Resolves a moment after the other end has dialled the id; false where it never did. */
  readonly taken: Promise<boolean>
  /** Resolves when the other end has left again, or never came. */
  readonly left: Promise<void>
  /** Resolves when the calls that are open were answered. */
  close(): Promise<void>
}

/** Offers services for the time of a call; begin before telling the id. */
export function offer(peer: Peer, services: ServiceTable): Offer {
  const id = peer.broker.nextId()
  const acceptance = peer.broker.accept(id)
  const server = acceptance.stream.then(
    (stream) =>
      new RpcServer(stream, services, { onError: (method, error) => logCall(peer.log, method, error) }),
    () => undefined,
  )
  return {
    id,
    taken: server.then((one) => one !== undefined && afterMoment()),
    left: server.then((one) => one?.callerLeft),
    close: async () => {
      acceptance.withdraw()
      await (await server)?.close()
    },
  }
}

/** Go prepares a call to be cancelled only after its dial was answered, and crashes when that comes first. */
function afterMoment(): Promise<true> {
  return new Promise((resolve) => setTimeout(() => resolve(true), MOMENT))
}

/** A client of what the other end offers under an id. */
export async function reach(peer: Peer, id: number): Promise<RpcClient> {
  return new RpcClient(await peer.broker.dial(id), peer.explainLoss)
}

/** For calls whose failure changes nothing: it goes to the log. */
export function unlessItFails(peer: Peer, what: string, call: Promise<unknown>): Promise<void> {
  return call.then(
    () => {},
    (error) => peer.log(`${what} failed: ${errorText(error)}`),
  )
}

export interface Cancelling {
  readonly peer: Peer
  readonly rpc: RpcClient
  /** `Builder.Cancel`. */
  readonly method: string
  readonly signal: AbortSignal
}

/**
 * Cancels a call by another one when the signal aborts, but only once the other end has taken it up: components written
 * in Go crash when they are cancelled before. Not at all after the answer, as the returned function tells: a retry would be
 * cancelled instead.
 */
export function cancelWhenTaken(callbacks: Offer, { peer, rpc, method, signal }: Cancelling): () => void {
  let answered = false
  const stop = onAbort(signal, async () => {
    if ((await callbacks.taken) && !answered) void unlessItFails(peer, method, rpc.call(method))
  })
  return () => {
    answered = true
    stop()
  }
}

/** Runs `act` once when the signal aborts, unless stopped before. */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) act()
  else signal.addEventListener('abort', act, { once: true })
  return () => signal.removeEventListener('abort', act)
}

/** What a signal of ours gives as its reason, so that author code can tell it by the usual name. */
export function aborted(message: string): DOMException {
  return new DOMException(message, 'AbortError')
}

/** For the log: an author's error with all that is known of it, since the other end gets only its message. */
export function logCall(log: Peer['log'], method: string, error: unknown): void {
  const full = error instanceof Error ? (error.stack ?? error.message) : errorText(error)
  log(`[ERROR] ${method || 'A stream of calls'} failed: ${full}`)
}
