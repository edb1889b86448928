import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream'
import type { Client } from 'ssh2'
import { messageOf } from '../../errors/message-of.ts'
import type { SshSettings } from '../settings/ssh-settings.ts'
import type { Tunnel } from '../settings/tunnel.ts'
import { forwarded } from './route.ts'
import { SshError } from './ssh-error.ts'

const HERE = 'localhost'

/**
 * Opens the tunnels of a connection; they end with it.
 * @throws SshError `tunnel` where a port cannot be listened on; the connection is ended then.
 */
export async function openTunnels(client: Client, settings: SshSettings): Promise<void> {
  const { localTunnels = [], remoteTunnels = [] } = settings
  try {
    if (remoteTunnels.length > 0) takeConnections(client, remoteTunnels)
    await Promise.all([
      ...localTunnels.map((tunnel) => openLocal(client, tunnel)),
      ...remoteTunnels.map((tunnel) => openRemote(client, tunnel)),
    ])
  } catch (error) {
    client.end()
    throw error
  }
}

async function openLocal(client: Client, { port, host, hostPort }: Tunnel): Promise<void> {
  const server = createServer((socket) => {
    forwarded(client, { host, port: hostPort }).then(
      (channel) => join(socket, channel),
      (error) => {
        console.error(`The tunnel from port ${port} cannot reach ${host}:${hostPort}: ${messageOf(error)}`)
        socket.destroy()
      },
    )
  })
  server.listen(port, HERE)
  try {
    await once(server, 'listening')
  } catch (error) {
    const why = messageOf(error)
    throw new SshError(
      'tunnel',
      `Port ${port} of this machine cannot be listened on for a tunnel: ${why}`,
      error,
    )
  }
  server.on('error', (error) => console.error(`The tunnel from port ${port}: ${messageOf(error)}`))
  // At the first sign of the end, for the connection that follows listens on the same port.
  const stop = () => server.close()
  client.once('end', stop).once('close', stop)
}

function openRemote(client: Client, { port }: Tunnel): Promise<void> {
  return new Promise((resolve, reject) => {
    client.forwardIn(HERE, port, (error) => {
      if (!error) return resolve()
      const why = `${messageOf(error)}. Its SSH server may forbid it (AllowTcpForwarding)`
      reject(
        new SshError(
          'tunnel',
          `Port ${port} of the machine cannot be listened on for a tunnel: ${why}`,
          error,
        ),
      )
    })
  })
}

function takeConnections(client: Client, tunnels: readonly Tunnel[]): void {
  client.on('tcp connection', ({ destPort }, accept, reject) => {
    const tunnel = tunnels.find(({ port }) => port === destPort)
    if (!tunnel) return reject()
    join(connect(tunnel.hostPort, tunnel.host), accept())
  })
}

/** Either end's end is the other's; why one broke off is nothing that the build could mend. */
function join(one: Duplex, other: Duplex): void {
  pipeline(one, other, one, (error) => {
    if (error) console.error(`A connection through a tunnel ended: ${messageOf(error)}`)
  })
}
