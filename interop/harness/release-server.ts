import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer as createProxy, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { temporaryFolder } from './folder.ts'

/** Where `packer init` looks for plugins. */
const hosts = ['api.github.com', 'github.com', 'releases.hashicorp.com']

/**
 * A stand-in for the servers of releases, on this machine: a proxy for HTTPS that leads every name here, with a
 * certificate that the run of packer is told to trust.
 */
export interface ReleaseServer extends AsyncDisposable {
  /** What leads packer here. */
  readonly env: Readonly<Record<string, string>>
  /** What was asked for so far, as `GET https://HOST/PATH`. */
  readonly requests: string[]
}

/** What a repository of plugins has: by tag, a folder with the files of the release. */
export interface Repository {
  /** As `acme/packer-plugin-tarball`. */
  readonly name: string
  readonly releases: Readonly<Record<string, string>>
}

export async function startReleaseServer(repository: Repository): Promise<ReleaseServer> {
  await using started = new AsyncDisposableStack()
  const folder = started.use(temporaryFolder())
  const certificate = makeCertificate(folder.path)
  const requests: string[] = []
  const origin = createServer(certificate.pair, (request, response) => {
    requests.push(`${request.method} https://${request.headers.host}${request.url}`)
    answer(repository, request, response)
  })
  const port = await listen(origin, started)
  const proxy = createProxy((_, response) => response.writeHead(502).end())
  proxy.on('connect', (_request, socket: Socket) => lead(socket, port))
  const proxyPort = await listen(proxy, started)
  const rest = started.move()
  return {
    env: { HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`, SSL_CERT_FILE: certificate.file },
    requests,
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  }
}

/** The two questions of packer's getter for GitHub: which tags there are, and a file of one. */
function answer(
  { name, releases }: Repository,
  { headers, url }: IncomingMessage,
  response: ServerResponse,
): void {
  const [, tag, file] = /\/releases\/download\/([^/]+)\/([^/]+)$/.exec(url ?? '') ?? []
  const isApi = headers.host === 'api.github.com'
  if (isApi && url === `/repos/${name}/git/matching-refs/tags`) {
    const tags = Object.keys(releases).map((each) => ({ ref: `refs/tags/${each}` }))
    response.setHeader('content-type', 'application/json').end(JSON.stringify(tags))
    return
  }
  const folder = isApi || !url?.startsWith(`/${name}/`) ? undefined : releases[tag ?? '']
  if (folder && file && existsSync(folder) && readdirSync(folder).includes(file))
    response.end(readFileSync(join(folder, file)))
  else response.writeHead(404).end('{}')
}

function lead(socket: Socket, port: number): void {
  const onward = connect(port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    socket.pipe(onward).pipe(socket)
  })
  onward.on('error', () => socket.destroy())
  socket.on('error', () => onward.destroy())
}

async function listen(server: Server, stack: AsyncDisposableStack): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stack.defer(async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  })
  return (server.address() as AddressInfo).port
}

/** One that vouches for itself, for a day. */
function makeCertificate(folder: string) {
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const names = hosts.map((host) => `DNS:${host}`).join(',')
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1']
  const subject = ['-subj', '/CN=releases', '-addext', `subjectAltName=${names}`]
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', file, ...subject], {
    stdio: 'ignore',
  })
  return { file, pair: { key: readFileSync(key), cert: readFileSync(file) } }
}
