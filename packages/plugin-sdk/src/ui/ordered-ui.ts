import type { Progress, Transfer, Ui } from '@ingot/plugin-rpc'
import { messageOf } from '../errors/message-of.ts'
import type { Secrets } from '../secrets/secrets.ts'

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

  constructor(host: Ui, { secrets, log }: Surroundings) {
    this.#host = host
    this.#secrets = secrets
    this.#log = log
  }

  say(text: string): Promise<void> {
    return this.#tell(() => this.#host.say(this.#hide(text)))
  }

  message(text: string): Promise<void> {
    return this.#tell(() => this.#host.message(this.#hide(text)))
  }

  error(text: string): Promise<void> {
    return this.#tell(() => this.#host.error(this.#hide(text)))
  }

  machine(category: string, args: readonly string[]): Promise<void> {
    return this.#tell(() =>
      this.#host.machine(
        category,
        args.map((each) => this.#hide(each)),
      ),
    )
  }

  ask(question: string): Promise<string> {
    return this.#next(() => this.#host.ask(this.#hide(question)))
  }

  async trackProgress(transfer: Transfer): Promise<Progress> {
    const source = this.#hide(transfer.source)
    const progress = await this.#next(() => this.#host.trackProgress({ ...transfer, source }))
    return {
      add: (bytes) => this.#tell(() => progress.add(bytes)),
      close: () => this.#tell(() => progress.close()),
    }
  }

  /** Resolves when the host has everything that was said so far. */
  async said(): Promise<void> {
    await this.#last
  }

  /** A text that cannot be delivered is no reason to fail a build. */
  #tell(send: () => Promise<void>): Promise<void> {
    return this.#next(send).catch((error) => this.#log(`The host did not take a text: ${messageOf(error)}`))
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
