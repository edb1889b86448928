/** A line longer than this is cut into several. */
const MAX_LINE = 65_536

const DATED = /^\d{4}\/\d\d\/\d\d /

export interface LogOutput {
  /** Writes one line, or several, to the log. */
  log(text: string): void
  /** Prints to the real stdout. */
  print(text: string): Promise<void>
}

/**
 * Turns all that this process prints into lines of a log on stderr, as the host expects it: stdout belongs to the
 * handshake, and what is printed there later nobody sees.
 */
export function takeOverOutput({ stdout, stderr }: NodeJS.Process = process): LogOutput {
  const print = stdout.write.bind(stdout)
  const write = stderr.write.bind(stderr)
  const fromStdout = new LineLog((line) => write(line))
  const fromStderr = new LineLog((line) => write(line))
  stdout.write = intoLog(fromStdout)
  stderr.write = intoLog(fromStderr)
  // Once the host is gone nobody reads; that must not become an exception on the way out.
  for (const stream of [stdout, stderr]) stream.on('error', () => {})
  process.on('exit', () => {
    fromStdout.flush()
    fromStderr.flush()
  })
  return {
    log: (text) => fromStderr.write(`${text}\n`),
    print: (text) => new Promise((resolve) => print(text, () => resolve())),
  }
}

type Written = (error?: Error | null) => void

function intoLog(log: LineLog): typeof process.stdout.write {
  return (chunk: Uint8Array | string, encoding?: BufferEncoding | Written, written?: Written): boolean => {
    const done = typeof encoding === 'function' ? encoding : written
    log.write(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
    if (done) process.nextTick(done)
    return true
  }
}

class LineLog {
  readonly #write: (line: string) => void
  #begun = ''

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  write(text: string): void {
    const lines = (this.#begun + text).split('\n')
    this.#begun = lines.pop() ?? ''
    for (const line of lines) this.#line(line)
    while (this.#begun.length > MAX_LINE) this.#cut()
  }

  flush(): void {
    if (this.#begun !== '') this.#line(this.#begun)
    this.#begun = ''
  }

  #cut(): void {
    this.#line(this.#begun.slice(0, MAX_LINE))
    this.#begun = this.#begun.slice(MAX_LINE)
  }

  #line(line: string): void {
    this.#write(`${DATED.test(line) ? '' : `${goDate(new Date())} `}${harmless(line)}\n`)
  }
}

/** Packer takes these words, wherever they stand in its plugins' logs, for a crash of its own. */
function harmless(line: string): string {
  return line.replaceAll('panic:', 'panic -')
}

/** As Go's log package writes it: `2006/01/02 15:04:05`, local time. */
function goDate(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('/')
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`
}
