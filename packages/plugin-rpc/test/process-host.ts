import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { Broker } from '../src/broker/broker.ts'
import { type Address, COOKIE, COOKIE_NAME, readHandshake } from '../src/handshake.ts'
import { RpcClient } from '../src/net-rpc/client.ts'
import { RpcServer } from '../src/net-rpc/server.ts'
import { ServiceTable } from '../src/net-rpc/service-table.ts'
import { serveCommunicator } from '../src/services/communicator-server.ts'
import type { Peer } from '../src/services/peer.ts'
import { serveUi } from '../src/services/ui.ts'
import { Session } from '../src/yamux/session.ts'
import { communicator, never, type RecordingUi, recordingUi } from './components.ts'
import { firstLine, launch, pluginFile } from './processes.ts'

/** A host whose calls a test makes itself, in any order, of a plugin in a process of its own. */
export interface ProcessHost extends AsyncDisposable {
  readonly child: ChildProcess
  readonly root: RpcClient
  readonly ui: RecordingUi
  /** What the plugin wrote to its log. */
  readonly log: () => string
  /** Offers a machine and a ui, and answers the id. */
  offer(): number
}

export async function processHost(
  kind: string,
  name: string,
  env: Record<string, string> = {},
): Promise<ProcessHost> {
  const child = launch(pluginFile, ['start', kind, '--protobuf', name], { [COOKIE_NAME]: COOKIE, ...env })
  let log = ''
  child.stderr.on('data', (chunk) => {
    log += chunk
  })
  const { address } = readHandshake(await firstLine(child)) as Address
  const session = new Session(connect({ path: address }), 'host')
  const peer: Peer = { broker: new Broker(session), protobuf: true, log: () => {} }
  const root = new RpcClient(await peer.broker.dial(0))
  const ui = recordingUi()
  return {
    child,
    root,
    ui,
    log: () => log,
    offer: () => {
      const services = new ServiceTable()
      serveUi(ui, services)
      const start = async () => ({ exitStatus: Promise.resolve(0) })
      serveCommunicator(communicator({ start }), services, { peer, left: never })
      const id = peer.broker.nextId()
      void peer.broker.accept(id).stream.then((stream) => new RpcServer(stream, services))
      return id
    },
    [Symbol.asyncDispose]: async () => {
      const gone = child.exitCode ?? child.signalCode ?? once(child, 'exit')
      await session.close()
      await gone
    },
  }
}
