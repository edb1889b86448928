import { timed } from '../rounds.ts'
import { answerOrders } from './in-process.ts'

export interface StartOrders {
  readonly dataDir: string
}

export interface StartResult {
  /** Milliseconds of each step. */
  readonly load: number
  readonly start: number
}

/** How long a program waits for a registry of its own. */
answerOrders(async ({ dataDir }: StartOrders): Promise<StartResult> => {
  const before = performance.now()
  const { startRegistry } = await import('@ingot/registry')
  const load = performance.now() - before
  let registry: Awaited<ReturnType<typeof startRegistry>> | undefined
  const start = await timed(async () => {
    registry = await startRegistry({ dataDir, listen: '127.0.0.1:0' })
  })
  await registry!.close()
  return { load, start }
})
