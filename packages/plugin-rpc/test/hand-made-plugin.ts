import { Broker } from '../src/broker/broker.ts'
import { type ConnectedComponent, connectComponent } from '../src/host/connect-component.ts'
import { RpcServer } from '../src/net-rpc/server.ts'
import { type Methods, ServiceTable } from '../src/net-rpc/service-table.ts'
import type { Peer } from '../src/services/peer.ts'
import { memoryPipe } from '../src/yamux/memory-pipe.ts'
import { Session } from '../src/yamux/session.ts'

/** A host of ours, connected to a plugin whose methods a test writes itself: to behave as Go's do, or worse. */
export async function hostOf(service: string, methods: (peer: Peer) => Methods): Promise<ConnectedComponent> {
  const [hostEnd, pluginEnd] = memoryPipe()
  const broker = new Broker(new Session(pluginEnd, 'plugin'))
  const peer: Peer = { broker, protobuf: true, log: () => {} }
  const services = new ServiceTable().add(service, methods(peer))
  void broker.accept(0).stream.then((stream) => new RpcServer(stream, services))
  return connectComponent(hostEnd, { protobuf: true, log: () => {} })
}
