import type { Progress, Transfer, Ui } from '../components.ts'
import type { RpcClient } from '../net-rpc/client.ts'
import type { ServiceTable } from '../net-rpc/service-table.ts'
import { type Peer, unlessItFails } from './peer.ts'
import { asFields, asInteger, asText } from './shape.ts'

/** Transfers that one stream may show at the same time. */
export const MAX_TRACKERS = 256

/** Each transfer is a service of its own on the stream of its `Ui`, until it is closed. */
export class ProgressServer {
  readonly #ui: Ui
  readonly #services: ServiceTable
  #open = 0
  #begun = 0

  constructor(ui: Ui, services: ServiceTable) {
    this.#ui = ui
    this.#services = services
  }

  /** Answers with the id that, behind `Ui`, names the transfer's service. */
  async begin(argument: unknown): Promise<string> {
    if (this.#open >= MAX_TRACKERS) throw new Error(`More than ${MAX_TRACKERS} transfers are shown already.`)
    this.#open += 1
    try {
      const transfer = readTransfer(argument)
      // Go's ids end in six random characters; these only have to differ.
      const id = transfer.source + (this.#begun++).toString(36).padStart(6, '0')
      this.#serve(`Ui${id}`, await this.#ui.trackProgress(transfer))
      return id
    } catch (error) {
      this.#open -= 1
      throw error
    }
  }

  #serve(service: string, progress: Progress): void {
    this.#services.add(service, {
      Add: (bytes) => progress.add(asInteger(bytes, 'The progress of a transfer')),
      Close: async () => {
        this.#services.remove(service)
        this.#open -= 1
        await progress.close()
      },
    })
  }
}

function readTransfer(argument: unknown): Transfer {
  const fields = asFields(argument, 'A transfer')
  return {
    source: asText(fields['Src'], "A transfer's source"),
    totalSize: asInteger(fields['TotalSize'], "A transfer's size"),
    currentSize: asInteger(fields['CurrentSize'], "A transfer's size so far"),
  }
}

/** Shows a transfer at the other end. That it is not shown does not stop the transfer. */
export async function openProgress(rpc: RpcClient, peer: Peer, transfer: Transfer): Promise<Progress> {
  const { source, totalSize, currentSize } = transfer
  const argument = { Src: source, TotalSize: totalSize, CurrentSize: currentSize }
  try {
    const id = asText(await rpc.call('Ui.NewTrackProgress', argument), 'The id of a transfer')
    return new ProgressClient((method, ...with_) =>
      unlessItFails(peer, 'Showing progress', rpc.call(`Ui${id}.${method}`, ...with_)),
    )
  } catch (error) {
    await unlessItFails(peer, 'Showing progress', Promise.reject(error))
    return { add: async () => {}, close: async () => {} }
  }
}

/** Sends what came together while the last report was on its way. */
class ProgressClient implements Progress {
  readonly #call: (method: 'Add' | 'Close', bytes?: number) => Promise<void>
  #sent = Promise.resolve()
  /** Undefined where no report waits; Go's transfers say at their end that nothing came. */
  #waiting: number | undefined

  constructor(call: (method: 'Add' | 'Close', bytes?: number) => Promise<void>) {
    this.#call = call
  }

  add(bytes: number): Promise<void> {
    if (this.#waiting === undefined) this.#sent = this.#sent.then(() => this.#report())
    this.#waiting = (this.#waiting ?? 0) + bytes
    return this.#sent
  }

  async close(): Promise<void> {
    await this.#sent
    await this.#call('Close')
  }

  async #report(): Promise<void> {
    const bytes = this.#waiting ?? 0
    this.#waiting = undefined
    await this.#call('Add', bytes)
  }
}
