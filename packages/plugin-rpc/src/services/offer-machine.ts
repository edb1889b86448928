import type { Communicator, Ui } from '../components.ts'
import { ServiceTable } from '../net-rpc/service-table.ts'
import { serveCommunicator } from './communicator-server.ts'
import { aborted, type Offer, offer, type Peer } from './peer.ts'
import { serveUi } from './ui.ts'

/** What provisioners need of whoever has them run: a way to the machine, and to those who read what happens. */
export interface Machine {
  readonly communicator: Communicator
  readonly ui: Ui
}

/** Offers a machine for the time of a call. What is begun on it learns when its caller leaves, for whatever reason. */
export function offerMachine(peer: Peer, { communicator, ui }: Machine): Offer {
  const left = new AbortController()
  const services = new ServiceTable()
  serveCommunicator(communicator, services, { peer, left: left.signal })
  serveUi(ui, services)
  const callbacks = offer(peer, services)
  void callbacks.left.then(() => left.abort(aborted('Whoever began this has left.')))
  return callbacks
}
