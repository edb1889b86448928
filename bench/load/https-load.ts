import { percentile } from '../statistics.ts'
import { Connection, type Target } from './connection.ts'
import { answerOrders } from './in-process.ts'

/** The same requests over and over, one at a time on each connection. */
export interface LoadOrders extends Target {
  readonly connections: number
  /** That count, after a first half second that does not. */
  readonly seconds: number
  /** Each connection goes through them in turn, starting at its own place. */
  readonly requests: readonly string[]
}

export interface LoadResult {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** All that were answered, from the first on. */
  readonly answers: number
}

const warmUp = 500

answerOrders(async ({ connections, seconds, requests, ...target }: LoadOrders): Promise<LoadResult> => {
  const texts = requests.map((each) => Buffer.from(each))
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(target)))
  const counting = performance.now() + warmUp
  const end = counting + seconds * 1000
  const latencies: number[] = []
  let answers = 0
  const drive = (connection: Connection, index: number) =>
    new Promise<void>((resolve) => {
      let turn = index
      const send = () => {
        const started = performance.now()
        if (started >= end) return resolve()
        connection.send(texts[turn++ % texts.length]!, (status) => {
          if (status !== 200) throw new Error(`the server answered ${status}`)
          answers++
          if (started >= counting) latencies.push(performance.now() - started)
          send()
        })
      }
      send()
    })
  await Promise.all(open.map(drive))
  latencies.sort((a, b) => a - b)
  return {
    perSecond: latencies.length / seconds,
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
    answers,
  }
})
