import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Access } from './registry.ts'

/** One request as a client made it, in the order they came. */
export interface Recorded {
  readonly method: string
  /** Without organization and project. */
  readonly path: string
  readonly status: number
  readonly body: string
  /** Milliseconds since the recorder started. */
  readonly at: number
}

/** Stands between a client and a registry, changes nothing, and writes down what passes. */
export interface Recorder extends AsyncDisposable {
  /** As the registry's own, with the recorder's address. */
  readonly access: Access
  readonly requests: readonly Recorded[]
}

interface Upstream {
  readonly access: Access
  readonly dataDir: string
}

/** Listens with the registry's own certificate, which names the host and no port. */
export async function startRecorder({ access, dataDir }: Upstream): Promise<Recorder> {
  const requests: Recorded[] = []
  const start = performance.now()
  const identity = readFileSync(join(dataDir, 'tls', 'server.pem'))
  const upstream = { ca: readFileSync(access.SSL_CERT_FILE) }
  const server = createServer({ key: identity, cert: identity }, async (incoming, outgoing) => {
    const at = performance.now() - start
    const body = await buffer(incoming)
    const { method = '', url = '', headers } = incoming
    const onward = request(
      `https://${access.HCP_API_ADDRESS}${url}`,
      { ...upstream, method, headers },
      (reply) => {
        const status = reply.statusCode ?? 0
        requests.push({ method, path: shortened(url), status, body: body.toString(), at })
        outgoing.writeHead(status, reply.headers)
        reply.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy()).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `${hostOf(access)}:${(server.address() as AddressInfo).port}`
  return {
    access: { ...access, HCP_AUTH_URL: `https://${address}`, HCP_API_ADDRESS: address },
    requests,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function hostOf(access: Access): string {
  return new URL(`https://${access.HCP_API_ADDRESS}`).hostname
}

function shortened(path: string): string {
  return path.replace(/^\/packer\/2023-01-01\/organizations\/[^/]+\/projects\/[^/]+/, '')
}
