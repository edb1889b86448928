import { connect, type TLSSocket } from 'node:tls'

export interface Target {
  readonly port: number
  /** PEM of the authority to trust. */
  readonly ca: string
}

export interface Answer {
  readonly status: number
  readonly body: Buffer
}

type Answered = (status: number, body: readonly Buffer[]) => void

/**
 * One connection, over which goes one request at a time. It reads answers with the least work that is still right, so that what is
 * measured is the server.
 */
export class Connection {
  readonly #socket: TLSSocket
  #answered: Answered = () => undefined
  #status = 0
  #missing = 0
  #body: Buffer[] = []
  #inHead = true

  private constructor(socket: TLSSocket) {
    this.#socket = socket
    socket.on('data', (chunk) => this.#read(chunk))
  }

  static open({ port, ca }: Target): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca })
      socket.once('secureConnect', () => resolve(new Connection(socket)))
      // A connection that breaks under load ends the process: what it measured would be of no use.
      socket.on('error', reject)
    })
  }

  send(request: Buffer, answered: Answered): void {
    this.#answered = answered
    this.#inHead = true
    this.#socket.write(request)
  }

  exchange(request: Buffer): Promise<Answer> {
    return new Promise((resolve) => {
      this.send(request, (status, body) => resolve({ status, body: Buffer.concat(body) }))
    })
  }

  close(): void {
    this.#socket.end()
  }

  #read(chunk: Buffer): void {
    let part = chunk
    if (this.#inHead) {
      const end = chunk.indexOf('\r\n\r\n')
      if (end < 0) throw new Error('the head of an answer came in pieces')
      this.#readHead(chunk.toString('latin1', 0, end))
      part = chunk.subarray(end + 4)
    }
    this.#body.push(part)
    this.#missing -= part.length
    if (this.#missing === 0) this.#answered(this.#status, this.#body)
  }

  #readHead(head: string): void {
    this.#inHead = false
    this.#status = Number(head.slice(9, 12))
    this.#missing = Number(/content-length: (\d+)/i.exec(head)![1])
    this.#body = []
  }
}
