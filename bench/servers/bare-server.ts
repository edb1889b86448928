import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild, stopChild } from '../children.ts'
import type { RegistryServer } from './registry-server.ts'
import type { Server } from './server.ts'

/** What a bare server is told when it starts. */
export interface BareOrders {
  /** Certificate and key, in PEM. */
  readonly identity: string
  /** What it answers, always, as JSON. */
  readonly body: string
  /** Where it commits a row before it answers a request that is no GET; nowhere when absent. */
  readonly database?: string
}

/**
 * The peer of a registry: nothing but `node:https`, in the same kind of process and with the same certificate. With `durable` it
 * keeps what a registry keeps at the least: a row in SQLite for each write.
 */
export async function startBareServer(
  registry: RegistryServer,
  { body, durable = false }: { readonly body: string; readonly durable?: boolean },
): Promise<Server> {
  const child = startChild(process.execPath, [join(import.meta.dirname, 'bare-server-process.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const orders: BareOrders = {
    identity: readFileSync(join(registry.dataDir, 'tls', 'server.pem'), 'utf8'),
    body,
    ...(durable && { database: join(registry.dataDir, 'bare.sqlite') }),
  }
  child.send(orders)
  const [port] = await once(child, 'message')
  const { pid } = child
  return { pid: pid!, port, ca: registry.ca, [Symbol.asyncDispose]: () => stopChild(child) }
}
