import type { Progress, Transfer, Ui } from '@ingot/plugin-rpc'
import { CancelledError } from '../errors/cancelled-error.ts'
import { messageOf } from '../errors/message-of.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { AskOptions } from './build-ui.ts'

/**
 * Characters that may wait for a host that is slower than what is said without awaiting, as may as many texts as this
 * holds of `SHORTEST`. More is left out, and the user is told how much.
 */
export const UNSAID_LIMIT = 4_194_304

/** What a text counts at least: something waits in memory for each, were it empty. */
const SHORTEST = 256

interface Surroundings {
  readonly secrets: Secrets
  readonly log: (text: string) => void
}

/** Says one thing after the other, in the order of the calls, with every secret hidden. */
export class OrderedUi implements Ui {
  readonly #host: Ui
  readonly #secrets: Secrets
  readonly #log: (text: string) => void
  #last: Promise<unknown> = Promise.resolve()
  #unsaid = 0
  #leftOut = 0
  #room: Promise<void> | undefined

  constructor(host: Ui, { secrets, log }: Surroundings) {
    this.#host = host
    this.#secrets = secrets
    this.#log = log
  }

  say(text: string): Promise<void> {
    return this.#tell([text], ([hidden]) => this.#host.say(hidden!))
  }

  message(text: string): Promise<void> {
    return this.#tell([text], ([hidden]) => this.#host.message(hidden!))
  }

  error(text: string): Promise<void> {
    return this.#tell([text], ([hidden]) => this.#host.error(hidden!))
  }

  machine(category: string, args: readonly string[]): Promise<void> {
    return this.#tell(args, (hidden) => this.#host.machine(category, hidden))
  }

  /** What is said next waits for the answer, or for the question to be taken back. */
  ask(question: string, { signal }: AskOptions = {}): Promise<string> {
    return this.#next(() => unlessAborted(signal, () => this.#host.ask(this.#hide(question))))
  }

  async trackProgress(transfer: Transfer): Promise<Progress> {
    const source = this.#hide(transfer.source)
    const progress = await this.#next(() => this.#host.trackProgress({ ...transfer, source }))
    // Not in order with the texts: what comes together while the host is busy becomes one report.
    return {
      add: (bytes) => progress.add(bytes).catch((error) => this.#notTaken(error)),
      close: () => progress.close().catch((error) => this.#notTaken(error)),
    }
  }

  /** Resolves when the host has everything that was said so far. */
  async said(): Promise<void> {
    await this.#last
    if (this.#leftOut > 0) await this.#sayLeftOut()
  }

  /** A text that cannot be delivered is no reason to fail a build. */
  #tell(texts: readonly unknown[], send: (hidden: string[]) => Promise<void>): Promise<void> {
    const size = texts.reduce<number>((sum, text) => sum + String(text).length, SHORTEST)
    if (this.#unsaid > 0 && this.#unsaid + size > UNSAID_LIMIT) return this.#leaveOut()
    this.#unsaid += size
    const hidden = texts.map((text) => this.#hide(text))
    const sent = this.#next(async () => {
      this.#unsaid -= size
      if (this.#leftOut > 0 && this.#unsaid < UNSAID_LIMIT / 2) await this.#sayLeftOut()
      await send(hidden)
    })
    return sent.catch((error) => this.#notTaken(error))
  }

  /** One promise for all that is left out; it resolves when there is room again, for those who wait. */
  #leaveOut(): Promise<void> {
    this.#leftOut += 1
    this.#room ??= this.#last.then(() => {
      this.#room = undefined
    })
    return this.#room
  }

  async #sayLeftOut(): Promise<void> {
    const count = this.#leftOut.toLocaleString('en')
    this.#leftOut = 0
    await this.#host
      .error(`${count} texts were left out here: they came faster than they could be shown`)
      .catch((error) => this.#notTaken(error))
  }

  #notTaken(error: unknown): void {
    this.#log(`The host did not take a text: ${messageOf(error)}`)
  }

  #next<T>(send: () => Promise<T>): Promise<T> {
    const sent = this.#last.then(send)
    this.#last = sent.catch(() => undefined)
    return sent
  }

  #hide(text: unknown): string {
    return this.#secrets.hide(String(text))
  }
}

async function unlessAborted<T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
  if (!signal) return run()
  CancelledError.throwIf(signal)
  const ended = new AbortController()
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new CancelledError()), { signal: ended.signal })
  })
  return Promise.race([run(), aborted]).finally(() => ended.abort())
}
