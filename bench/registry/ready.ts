import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { localAccess } from '@ingot/registry'
import { temporaryFolder } from '../../interop/harness/folder.ts'
import { startChild, stopChild } from '../children.ts'
import type { Figure, Reading } from '../figure.ts'
import { Connection, type Target } from '../load/connection.ts'
import { inProcess } from '../load/in-process.ts'
import { request } from '../load/request.ts'
import type { StartOrders, StartResult } from '../load/start-load.ts'
import { inRounds, timed } from '../rounds.ts'
import { startBareServer } from '../servers/bare-server.ts'
import { type RegistryServer, serve, startRegistryServer, untilItServes } from '../servers/registry-server.ts'

export const ready: Figure = {
  name: 'ready',
  title: 'from the start of the process until the port answers a request',
  async measure({ quick }) {
    await using registry = await startRegistryServer()
    using folder = temporaryFolder()
    let fresh = 0
    const newDirectory = () => join(folder.path, `fresh-${fresh++}`)
    const existing = newDirectory()
    await untilReady(existing)
    const [first, again, startFresh, startAgain, bare, node] = await inRounds(quick ? 5 : 11, [
      ['ingot serve, first start', () => untilReady(newDirectory())],
      ['ingot serve, later start', () => untilReady(existing)],
      ['startRegistry alone, first start', () => startAlone(newDirectory())],
      ['startRegistry alone, later start', () => startAlone(existing)],
      ['bare node:https process', () => bareReady(registry)],
      ['node -e 0', nodeAlone],
    ])
    const peers = [bare!, node!]
    const aim = { of: 'value', atMost: 300 } as const
    return [
      { ...first!, unit: 'ms', peers, aim },
      { ...again!, unit: 'ms', peers, aim },
      { ...startFresh!, unit: 'ms' },
      { ...startAgain!, unit: 'ms' },
    ] satisfies Reading[]
  },
}

async function untilReady(dataDir: string): Promise<number> {
  const start = performance.now()
  const child = serve(dataDir)
  try {
    await untilItServes(child)
    const { url, caFile } = localAccess(dataDir)
    await answers({ port: Number(new URL(url).port), ca: readFileSync(caFile, 'utf8') })
    return performance.now() - start
  } finally {
    await stopChild(child)
  }
}

function bareReady(registry: RegistryServer): Promise<number> {
  return timed(async () => {
    await using bare = await startBareServer(registry, { body: '{}' })
    await answers(bare)
  })
}

async function answers(target: Target): Promise<void> {
  const connection = await Connection.open(target)
  await connection.exchange(Buffer.from(request('GET', '/')))
  connection.close()
}

async function startAlone(dataDir: string): Promise<number> {
  const { start } = await inProcess<StartResult>('start-load.ts', { dataDir } satisfies StartOrders)
  return start
}

function nodeAlone(): Promise<number> {
  return timed(() => once(startChild(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit'))
}
