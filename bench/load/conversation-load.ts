import { Connection, type Target } from './connection.ts'
import { answerOrders } from './in-process.ts'
import { publish } from './publish.ts'

/** Publish conversations, one after the other at each client. */
export interface ConversationOrders extends Target {
  readonly clients: number
  /** No conversation begins after so many; each client holds three at the least. */
  readonly seconds: number
  readonly project: string
  readonly token: string
  /** Begins the names of buckets and fingerprints, which nobody else uses. */
  readonly name: string
}

/** Answers how many milliseconds each conversation took. */
answerOrders(async (orders: ConversationOrders): Promise<readonly number[]> => {
  const clients = Array.from({ length: orders.clients }, (_, index) => converse(orders, index))
  return (await Promise.all(clients)).flat()
})

const warmUp = 3

async function converse(orders: ConversationOrders, client: number): Promise<number[]> {
  const connection = await Connection.open(orders)
  const durations: number[] = []
  const end = performance.now() + orders.seconds * 1000
  for (let count = 0; count < 2 * warmUp || performance.now() < end; count++) {
    const start = performance.now()
    const bucket = `${orders.name}-${client}`
    await publish(connection, { ...orders, bucket, fingerprint: `${bucket}-${count}` })
    if (count >= warmUp) durations.push(performance.now() - start)
  }
  return durations
}
