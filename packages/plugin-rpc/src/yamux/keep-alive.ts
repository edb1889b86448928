import { PING_INTERVAL, PING_TIMEOUT } from './limits.ts'

export interface KeepAliveOptions {
  /** Milliseconds between pings, and until one must be answered. */
  readonly pingInterval?: number
  readonly pingTimeout?: number
}

/** Asks the other end for a sign of life now and then, and tells when none comes. */
export class KeepAlive {
  readonly #send: (id: number) => void
  readonly #silent: () => void
  readonly #timeout: number
  readonly #interval: NodeJS.Timeout
  #deadline: NodeJS.Timeout | undefined
  #next = 0

  constructor(on: { send: (id: number) => void; silent: () => void }, options: KeepAliveOptions) {
    this.#send = on.send
    this.#silent = on.silent
    this.#timeout = options.pingTimeout ?? PING_TIMEOUT
    this.#interval = setInterval(() => this.#ask(), options.pingInterval ?? PING_INTERVAL).unref()
  }

  answered(): void {
    clearTimeout(this.#deadline)
    this.#deadline = undefined
  }

  stop(): void {
    clearInterval(this.#interval)
    this.answered()
  }

  #ask(): void {
    if (this.#deadline) return
    this.#send(this.#next)
    this.#next = (this.#next + 1) >>> 0
    // After a long synchronous stretch the answer may be waiting unread behind this timer: let it be read first.
    this.#deadline = setTimeout(() => setImmediate(() => this.#giveUp()), this.#timeout).unref()
  }

  #giveUp(): void {
    if (this.#deadline) this.#silent()
  }
}
