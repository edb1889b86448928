import { Broker } from '../src/broker/broker.ts'
import type { Component } from '../src/components.ts'
import { RpcClient } from '../src/net-rpc/client.ts'
import { RpcServer } from '../src/net-rpc/server.ts'
import { ServiceTable } from '../src/net-rpc/service-table.ts'
import { ServedComponent } from '../src/plugin/serve-component.ts'
import type { Peer } from '../src/services/peer.ts'
import { serveUi } from '../src/services/ui.ts'
import { memoryPipe } from '../src/yamux/memory-pipe.ts'
import { Session } from '../src/yamux/session.ts'
import type { YamuxStream } from '../src/yamux/stream.ts'
import { recordingUi } from './components.ts'

export interface HandMadeHost extends AsyncDisposable {
  readonly root: RpcClient
  readonly peer: Peer
  readonly served: ServedComponent
  readonly log: readonly string[]
  /** Offers a `Ui`, and whatever is added, under an id, and tells the stream once it was dialled. */
  offer(services?: ServiceTable): { readonly id: number; readonly stream: Promise<YamuxStream> }
}

/** A component of ours, and a host whose calls a test makes itself: in any order, or worse. */
export async function handMadeHost(component: Component): Promise<HandMadeHost> {
  const [hostEnd, pluginEnd] = memoryPipe()
  const log: string[] = []
  const served = new ServedComponent(pluginEnd, component, { protobuf: true, log: (line) => log.push(line) })
  const session = new Session(hostEnd, 'host')
  const peer: Peer = { broker: new Broker(session), protobuf: true, log: (line) => log.push(line) }
  const root = new RpcClient(await peer.broker.dial(0))
  return {
    root,
    peer,
    served,
    log,
    offer: (services = new ServiceTable()) => {
      serveUi(recordingUi(), services)
      const id = peer.broker.nextId()
      const { stream } = peer.broker.accept(id)
      void stream.then((one) => new RpcServer(one, services))
      return { id, stream }
    },
    [Symbol.asyncDispose]: async () => {
      await session.close()
      await served.ended
    },
  }
}
