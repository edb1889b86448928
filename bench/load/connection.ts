import type { OnReadOpts } from 'node:net'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'

export interface Target {
  readonly port: number
  /** PEM of the authority to trust. */
  readonly ca: string
}

export interface Answer {
  readonly status: number
  readonly body: Buffer
}

/** Bytes that are read at once: a whole record of TLS. */
const readSize = 16 * 1024

/**
 * One connection, over which goes one request at a time. It reads answers with the least work that is still right, into one buffer
 * and without a stream, so that what is measured is the server.
 */
export class Connection {
  #socket: TLSSocket | undefined
  #answered: (status: number) => void = () => undefined
  #status = 0
  #missing = 0
  #inHead = true
  #kept: Buffer[] | undefined

  private constructor() {}

  static open({ port, ca }: Target): Promise<Connection> {
    const connection = new Connection()
    return new Promise((resolve, reject) => {
      // Node's types do not know it, but TLS takes `onread` as plain sockets do.
      const options: ConnectionOptions & { readonly onread: OnReadOpts } = {
        ...{ port, host: '127.0.0.1', servername: 'localhost', ca },
        onread: {
          buffer: Buffer.allocUnsafe(readSize),
          callback: (length, { buffer, byteOffset }) =>
            connection.#read(Buffer.from(buffer, byteOffset, length)),
        },
      }
      const socket = connect(options)
      connection.#socket = socket
      socket.once('secureConnect', () => resolve(connection))
      // A connection that breaks under load ends the process: what it measured would be of no use.
      socket.on('error', reject)
    })
  }

  /** Sends a request and tells the status of the answer once all of it is there; its body is not kept. */
  send(request: Buffer, answered: (status: number) => void): void {
    this.#answered = answered
    this.#inHead = true
    this.#socket!.write(request)
  }

  async exchange(request: Buffer): Promise<Answer> {
    const kept: Buffer[] = []
    this.#kept = kept
    const status = await new Promise<number>((resolve) => this.send(request, resolve))
    this.#kept = undefined
    return { status, body: Buffer.concat(kept) }
  }

  close(): void {
    this.#socket!.end()
  }

  #read(chunk: Buffer): true {
    let part = chunk
    if (this.#inHead) {
      const end = chunk.indexOf('\r\n\r\n')
      if (end < 0) throw new Error('the head of an answer came in pieces')
      this.#readHead(chunk.toString('latin1', 0, end))
      part = chunk.subarray(end + 4)
    }
    this.#kept?.push(Buffer.from(part))
    this.#missing -= part.length
    if (this.#missing === 0) this.#answered(this.#status)
    return true
  }

  #readHead(head: string): void {
    this.#inHead = false
    this.#status = Number(head.slice(9, 12))
    this.#missing = Number(/content-length: (\d+)/i.exec(head)![1])
  }
}
