import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, type ClientSettings } from '@ingot/client'
import { localAccess, startRegistry } from '@ingot/registry'
import type { BuildPlan, SourcePlan } from '../src/plan/build-plan.ts'
import { fixturePlugin } from './fixture-bundle.ts'
import { type Front, openFront } from './front.ts'

/** A real registry with a front before it, a client, and a folder for everything. */
export interface Harness extends AsyncDisposable {
  readonly folder: string
  readonly front: Front
  readonly client: Client
}

/** @param settings of the client; without retries of its own unless told, so that calls are counted as they are made */
export async function openHarness(settings: Partial<ClientSettings> = {}): Promise<Harness> {
  await using opened = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'ingot-engine-'))
  opened.defer(() => rmSync(folder, { recursive: true }))
  const dataDir = join(folder, 'data')
  const registry = await startRegistry({ dataDir, listen: '127.0.0.1:0' })
  opened.defer(() => registry.close())
  const { url, caFile, clientId, clientSecret, organizationId, projectId } = localAccess(dataDir)
  const ca = readFileSync(caFile, 'utf8')
  const front = opened.use(await openFront({ url, ca }))
  const identity = { clientId, clientSecret, organizationId, projectId, authUrl: url, ca }
  const client = opened.use(new Client({ ...identity, url: front.url, retries: 0, ...settings }))
  const all = opened.move()
  return { folder, front, client, [Symbol.asyncDispose]: () => all.disposeAsync() }
}

/** A source of the fixture plugin. */
export function source(name: string, config: SourcePlan['config'] = {}): SourcePlan {
  return { name, plugin: 'fixture', component: 'image', config: { id: name, ...config } }
}

/** A plan of fixture sources for the bucket `web`. */
export function planOf(sources: readonly SourcePlan[], more: Partial<BuildPlan> = {}): BuildPlan {
  const plugins = { fixture: { file: process.execPath, args: [fixturePlugin()] } }
  return { bucket: { name: 'web' }, plugins, sources, ...more }
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Waits, at most ten seconds, until something is so. */
export async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 20) {
    if (waited > 10_000) throw new Error('It did not come to be.')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
