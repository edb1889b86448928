import type { Transport } from '../soap/shell-service.ts'
import type { Channel } from './channel.ts'

/** As many connections as there are calls at once; each is used again. */
export class Channels implements Transport {
  readonly address: string
  readonly #open: () => Channel
  readonly #idle: Channel[] = []

  constructor(address: string, open: () => Channel) {
    this.address = address
    this.#open = open
  }

  async post(envelope: string, signal: AbortSignal): Promise<string> {
    const channel = this.#idle.pop() ?? this.#open()
    try {
      const answer = await channel.send(envelope, signal)
      this.#idle.push(channel)
      return answer
    } catch (error) {
      // Connections that were kept as long are likely to have ended too.
      for (const each of [channel, ...this.#idle.splice(0)]) each.close()
      throw error
    }
  }
}
