import type { Readable } from 'node:stream'
import type { ClientChannel } from 'ssh2'
import { DISCONNECTED } from '../../remote-machine.ts'
import { openExec, type RunningExec } from '../command.ts'
import { Ending } from '../ending.ts'
import { bytesOf } from '../file-transfer.ts'
import type { Link } from '../link.ts'
import { SshError } from '../ssh-error.ts'
import { Incoming } from './incoming.ts'

/** How long a line of the protocol may be: bytes. */
export const SCP_LINE_LIMIT = 8192

/** How much of what the machine's `scp` complains about is kept: characters. */
const COMPLAINT_LIMIT = 4096

const OK = Buffer.from([0])

/** A talk with the machine's `scp`: lines, bytes, and a byte for each that says how it went. */
export class ScpSession {
  readonly #channel: ClientChannel
  readonly #incoming: Incoming
  readonly #status: Promise<number>
  readonly #ending = new Ending()
  #rest: Buffer = Buffer.alloc(0)
  #complaint = ''

  constructor({ channel, status }: RunningExec) {
    this.#channel = channel
    this.#incoming = new Incoming(channel)
    this.#status = status
    void status.then((status) => this.#ending.end(this.#failure(status)))
    channel.stderr.on('data', (chunk: Buffer) => {
      this.#complaint = (this.#complaint + chunk).slice(-COMPLAINT_LIMIT)
    })
  }

  /** Says that all is well so far. */
  async agree(): Promise<void> {
    await this.#write(OK)
  }

  /** Sends a line and waits until the machine agrees. */
  async tell(line: string): Promise<void> {
    if (line.includes('\n') || line.includes('\0'))
      throw new SshError('file', `scp cannot copy a file with such a name: ${JSON.stringify(line)}`)
    await this.#write(Buffer.from(`${line}\n`))
    await this.agreed()
  }

  /** Waits until the machine agrees. @throws SshError `file` with what it says instead. */
  async agreed(): Promise<void> {
    const [byte] = await this.#take(1)
    if (byte === 0) return
    throw new SshError('file', `The machine refuses: ${readable(await this.#line())}`)
  }

  /** The next line; undefined where there is none. @throws SshError `file` where it is a refusal. */
  async next(): Promise<string | undefined> {
    const line = await this.#line()
    if (line === '') return
    if (line.startsWith('\x01') || line.startsWith('\x02'))
      throw new SshError('file', `The machine refuses: ${readable(line.slice(1))}`)
    return line
  }

  /** Sends a file's content: as much as was announced. */
  async send(source: Readable, size: number): Promise<void> {
    let left = size
    for await (const chunk of source) {
      // More than was announced, as of a file that grows, is left where it is.
      if (left === 0) break
      const bytes = bytesOf(chunk).subarray(0, left)
      left -= bytes.length
      await this.#write(bytes)
    }
    if (left > 0) throw new SshError('file', `The file is ${left} bytes shorter than it was said to be`)
    await this.#write(OK)
    await this.agreed()
  }

  /** Takes a file's content. */
  async receive(size: number, take: (chunk: Buffer) => Promise<void>): Promise<void> {
    await this.agree()
    for (let left = size; left > 0; ) {
      const chunk = await this.#some()
      const mine = chunk.subarray(0, left)
      this.#rest = chunk.subarray(mine.length)
      left -= mine.length
      await take(mine)
    }
    await this.agreed()
    await this.agree()
  }

  /** Ends the talk and waits until the machine's `scp` has ended well. */
  async finish(): Promise<void> {
    this.#channel.end()
    while (await this.#incoming.next());
    const status = await this.#status
    if (status !== 0) throw this.#failure(status)
  }

  /** Ends the talk at once. */
  stop(): void {
    this.#channel.close()
  }

  #write(bytes: Uint8Array): Promise<void> {
    return this.#ending.orEnd<void>((resolve) => {
      // Why it cannot be written is told by how the machine's scp ends.
      this.#channel.write(bytes, (error?: Error | null) => {
        if (!error) resolve()
      })
    })
  }

  async #line(): Promise<string> {
    let line = Buffer.alloc(0)
    while (line.length <= SCP_LINE_LIMIT) {
      const chunk = await this.#some(true)
      if (chunk.length === 0) return line.toString()
      const end = chunk.indexOf('\n')
      line = Buffer.concat([line, end < 0 ? chunk : chunk.subarray(0, end)])
      if (end < 0) continue
      this.#rest = chunk.subarray(end + 1)
      return line.toString()
    }
    throw new SshError('file', `The machine's scp sends a line of more than ${SCP_LINE_LIMIT} bytes`)
  }

  async #take(count: number): Promise<Buffer> {
    const chunk = await this.#some()
    this.#rest = chunk.subarray(count)
    return chunk.subarray(0, count)
  }

  /** What has come; nothing only where the machine may end, and has. */
  async #some(mayEnd = false): Promise<Buffer> {
    const rest = this.#rest
    this.#rest = Buffer.alloc(0)
    if (rest.length > 0) return rest
    const chunk = await this.#incoming.next()
    if (chunk) return chunk
    if (mayEnd && (await this.#status) === 0) return rest
    throw this.#failure(await this.#status)
  }

  #failure(status: number): SshError {
    if (status === DISCONNECTED)
      return new SshError('disconnected', 'The connection ended while a file was copied')
    if (status === 0) return new SshError('file', `The machine's scp ended before the file was copied`)
    const hint =
      status === 127
        ? '. There seems to be no scp on it: install it, or set ssh_file_transfer_method to "sftp"'
        : ''
    const complaint = this.#complaint.trim()
    return new SshError(
      'file',
      `The machine's scp ended with status ${status}${complaint && `: ${complaint}`}${hint}`,
    )
  }
}

/** Without what `scp` puts before its messages, and without what could confuse a terminal. */
function readable(message: string): string {
  return (
    message
      .replace(/\p{Cc}/gu, ' ')
      .replace(/^scp: /, '')
      .trim() || 'it does not say why'
  )
}

/** Talks with an `scp` of the machine that was started with these arguments. */
export async function withScp<T>(
  link: Link,
  args: string,
  talk: (session: ScpSession) => Promise<T>,
): Promise<T> {
  const session = new ScpSession(await openExec(link, `scp ${args}`))
  try {
    const result = await talk(session)
    await session.finish()
    return result
  } catch (error) {
    session.stop()
    throw error
  }
}
