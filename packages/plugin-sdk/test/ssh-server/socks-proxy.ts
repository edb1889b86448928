import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A SOCKS5 proxy (RFC 1928, 1929) for tests, with or without a login. */
export class SocksProxy implements AsyncDisposable {
  /** Addresses that were asked for. */
  readonly asked: string[] = []
  readonly #server: Server

  private constructor(login: string | undefined) {
    this.#server = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      this.#serve(socket, login).catch(() => socket.destroy())
    })
  }

  /** `login` is `user:password`. */
  static async start(login?: string): Promise<SocksProxy> {
    const proxy = new SocksProxy(login)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close()
  }

  async #serve(socket: Socket, login: string | undefined): Promise<void> {
    await next(socket)
    socket.write(Buffer.from([5, login ? 2 : 0]))
    if (login) {
      const given = await next(socket)
      const user = given.subarray(2, 2 + given[1]!).toString()
      const password = given.subarray(3 + given[1]!).toString()
      const isRight = `${user}:${password}` === login
      socket.write(Buffer.from([1, isRight ? 0 : 1]))
      if (!isRight) return void socket.end()
    }
    const request = await next(socket)
    const port = request.readUInt16BE(request.length - 2)
    const host = request[3] === 3 ? request.subarray(5, -2).toString() : [...request.subarray(4, 8)].join('.')
    this.asked.push(`${host}:${port}`)
    const target = connect(port, host)
    target.on('error', () => socket.destroy())
    await once(target, 'connect')
    socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]))
    socket.on('close', () => target.destroy())
    socket.pipe(target).pipe(socket)
  }
}

async function next(socket: Socket): Promise<Buffer> {
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  return chunk
}
