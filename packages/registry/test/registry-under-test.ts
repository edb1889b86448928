import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningRegistry, startRegistry } from '../src/index.ts'
import { WireClient } from './wire-client.ts'

/** A real registry on a free port, in a directory of its own, and a client of it. */
export class RegistryUnderTest extends WireClient {
  #running: RunningRegistry | undefined

  static async start(): Promise<RegistryUnderTest> {
    const registry = new RegistryUnderTest(await mkdtemp(join(tmpdir(), 'ingot-registry-')))
    await registry.up()
    await registry.signIn()
    return registry
  }

  async up(): Promise<void> {
    this.#running = await startRegistry({ dataDir: this.dataDir, listen: '127.0.0.1:0' })
  }

  async down(): Promise<void> {
    this.disconnect()
    await this.stop()
  }

  /** Stops the registry while the client still listens. */
  async stop(): Promise<void> {
    await this.#running?.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down()
    await rm(this.dataDir, { recursive: true, force: true })
  }
}
