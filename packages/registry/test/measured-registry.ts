import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { WireClient } from './wire-client.ts'

/** A real registry in a process of its own, which tells how much memory it needs. */
export class MeasuredRegistry extends WireClient {
  #child: ChildProcess | undefined

  static async start(): Promise<MeasuredRegistry> {
    const registry = new MeasuredRegistry(await mkdtemp(join(tmpdir(), 'ingot-measured-')))
    const script = join(import.meta.dirname, 'serve.ts')
    registry.#child = fork(script, [registry.dataDir, 'info'], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--expose-gc'],
    })
    registry.#listen()
    await once(registry.#child.stdout!, 'data')
    await registry.signIn()
    return registry
  }

  /** What its log tells of refusals: the operation and the refusal, each pair once. */
  readonly refused = new Set<string>()

  #listen(): void {
    createInterface({ input: this.#child!.stderr! }).on('line', (line) => {
      const said = line.startsWith('{') ? JSON.parse(line) : process.stderr.write(`${line}\n`)
      if (said.refused && said.operation) this.refused.add(`${said.operation} ${said.refused}`)
    })
  }

  /** Bytes that it holds on to after a garbage collection. */
  async memory(): Promise<number> {
    const answer = once(this.#child!, 'message')
    this.#child!.send('memory')
    return (await answer)[0] as number
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disconnect()
    const gone = once(this.#child!, 'exit')
    this.#child!.kill('SIGKILL')
    await gone
    await rm(this.dataDir, { recursive: true, force: true })
  }
}
