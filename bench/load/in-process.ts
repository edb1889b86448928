import { once } from 'node:events'
import { join } from 'node:path'
import { startChild } from '../children.ts'

/** Runs a module of this folder in a process of its own: it is sent the orders and sends back one result. */
export async function inProcess<Result>(file: string, orders: object): Promise<Result> {
  const child = startChild(process.execPath, [join(import.meta.dirname, file)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exit = once(child, 'exit')
  child.send(orders)
  const result = await Promise.race([once(child, 'message'), exit])
  await exit
  if (child.exitCode !== 0) throw new Error(`${file} ended with status ${child.exitCode}`)
  return result[0] as Result
}

/** What such a module does: takes the orders, sends the result and ends. */
export function answerOrders<Orders, Result>(work: (orders: Orders) => Promise<Result>): void {
  process.once('message', async (orders: Orders) => {
    const result = await work(orders)
    process.send!(result, () => process.exit(0))
  })
}
