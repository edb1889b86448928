import { setTimeout as sleep } from 'node:timers/promises'
import { CancelledError } from '../../errors/cancelled-error.ts'
import { messageOf } from '../../errors/message-of.ts'
import type { BuildUi } from '../../ui/build-ui.ts'

/** How an address is found out. */
export interface AddressSource {
  /** As messages call the communicator. */
  readonly kind: string
  /** What the template says. */
  readonly given: string | undefined
  /** What the builder finds out; throws while it cannot. */
  readonly find: () => string | Promise<string>
  readonly ui: BuildUi
}

/** How long an address is waited for. */
export interface Patience {
  readonly limit: AbortSignal
  readonly signal: AbortSignal
  readonly retryDelay: number
}

/** Finds out a machine's address as often as one asks, and says it once. */
export class MachineAddress {
  readonly #source: AddressSource
  #isTold = false

  constructor(source: AddressSource) {
    this.#source = source
  }

  /** Finds it out. @throws What the builder's code throws while there is none. */
  async find(): Promise<string> {
    const { kind, given, find, ui } = this.#source
    const address = given || (await find())
    if (!this.#isTold) void ui.say(`Using ${kind} communicator to connect: ${address}`)
    this.#isTold = true
    return address
  }

  /** Finds it out if it is known by now. */
  async findEarly(): Promise<void> {
    await this.find().catch(logged)
  }

  /** Waits until it is known. @throws Error when it is not in time. */
  async wait({ limit, signal, retryDelay }: Patience): Promise<string> {
    for (;;) {
      try {
        return await this.find()
      } catch (error) {
        logged(error)
        await sleep(retryDelay, undefined, { signal: limit }).catch(() => {})
        CancelledError.throwIf(signal)
        if (limit.aborted)
          throw new Error(`Timeout: the machine has no address: ${messageOf(error)}`, { cause: error })
      }
    }
  }
}

function logged(error: unknown): void {
  console.error(`The machine's address is not known yet: ${messageOf(error)}`)
}
