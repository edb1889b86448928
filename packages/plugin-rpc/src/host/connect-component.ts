import type { Duplex } from 'node:stream'
import { Broker } from '../broker/broker.ts'
import type { Builder, Component, Datasource, PostProcessor, Provisioner } from '../components.ts'
import type { ComponentKind } from '../handshake.ts'
import type { ExplainLoss, RpcClient } from '../net-rpc/client.ts'
import { builderClient } from '../services/builder.ts'
import { datasourceClient } from '../services/datasource.ts'
import { type Peer, reach } from '../services/peer.ts'
import { postProcessorClient } from '../services/post-processor.ts'
import { provisionerClient } from '../services/provisioner.ts'
import { Session } from '../yamux/session.ts'

/** The stream that every connection begins with. */
const ROOT = 0

export interface ConnectOptions {
  readonly protobuf: boolean
  readonly log: (line: string) => void
  readonly explainLoss?: ExplainLoss
}

/** A host's end of a connection to one component. */
export interface ConnectedComponent {
  builder(): Builder
  provisioner(): Provisioner
  postProcessor(): PostProcessor
  datasource(): Datasource
  /** The client for a kind, under its name. */
  client(kind: ComponentKind): Component
  /** Ends the connection, which is how a plugin learns that its host has gone. */
  close(): Promise<void>
}

/** Takes up the conversation on a connection to a plugin. */
export async function connectComponent(
  transport: Duplex,
  options: ConnectOptions,
): Promise<ConnectedComponent> {
  const session = new Session(transport, 'host')
  const peer: Peer = { broker: new Broker(session), ...options }
  const rpc = await reachRoot(peer, session)
  const clients = {
    builder: () => builderClient(rpc, peer),
    provisioner: () => provisionerClient(rpc, peer),
    postProcessor: () => postProcessorClient(rpc, peer),
    datasource: () => datasourceClient(rpc, peer),
  }
  return { ...clients, client: (kind) => clientOf(kind, clients), close: () => session.close() }
}

type Clients = Omit<ConnectedComponent, 'client' | 'close'>

function clientOf(kind: ComponentKind, clients: Clients): Component {
  if (kind === 'builder') return { builder: clients.builder() }
  if (kind === 'provisioner') return { provisioner: clients.provisioner() }
  if (kind === 'post-processor') return { postProcessor: clients.postProcessor() }
  return { datasource: clients.datasource() }
}

async function reachRoot(peer: Peer, session: Session): Promise<RpcClient> {
  try {
    return await reach(peer, ROOT)
  } catch (error) {
    await session.close()
    throw error
  }
}
