import type { ChannelAddress } from '../domain/address.ts'
import type { Store } from '../store/store.ts'
import type { KeptChannel } from './channels.ts'

/** Channels that are kept. */
export const MAX_KEPT_CHANNELS = 4096

interface Entry {
  readonly generation: number
  readonly channel: KeptChannel
}

/**
 * Channels as they were read last, each good until the next commit: consumers read one channel far more often than anybody
 * publishes. With a store that others write to as well, nothing is kept.
 */
export class KeptChannels {
  readonly #store: Pick<Store, 'generation'>
  readonly #entries = new Map<string, Entry>()

  constructor(store: Pick<Store, 'generation'>) {
    this.#store = store
  }

  get(at: ChannelAddress): KeptChannel | undefined {
    const entry = this.#entries.get(keyOf(at))
    return entry?.generation === this.#store.generation ? entry?.channel : undefined
  }

  /** Reads a channel and keeps it. A commit in between makes it old from the start. */
  async read(at: ChannelAddress, read: () => Promise<KeptChannel>): Promise<KeptChannel> {
    const { generation } = this.#store
    const channel = await read()
    if (generation === undefined) return channel
    const key = keyOf(at)
    this.#entries.delete(key)
    this.#entries.set(key, { generation, channel })
    if (this.#entries.size > MAX_KEPT_CHANNELS) this.#entries.delete(this.#entries.keys().next().value!)
    return channel
  }
}

/** Names that are kept hold no slash, so that no two addresses meet. */
function keyOf({ organizationId, projectId, bucket, channel }: ChannelAddress): string {
  return `${organizationId}/${projectId}/${bucket}/${channel}`
}
