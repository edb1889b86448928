import { readFileSync } from 'node:fs'
import type { Client, ClientSettings, Clock } from '@ingot/client'
import type { Environment } from './data-directory.ts'
import type { Settings } from './settings.ts'

/** The registry that a command talks to, and where its address came from. */
export interface Connection {
  readonly from: 'environment' | 'data directory'
  readonly client: ClientSettings
}

/**
 * The registry of the environment's `HCP_…` variables where a client id is set; otherwise, or with `--data`, the local
 * one of the data directory.
 */
export async function connectionOf(settings: Settings, env: Environment = process.env): Promise<Connection> {
  if (env['HCP_CLIENT_ID'] && !settings.dataGiven) {
    const { fromEnvironment } = await import('@ingot/client')
    return { from: 'environment', client: fromEnvironment(env) }
  }
  const { localAccess } = await import('@ingot/registry')
  const access = localAccess(settings.dataDir)
  return {
    from: 'data directory',
    client: {
      url: access.url,
      clientId: access.clientId,
      clientSecret: access.clientSecret,
      organizationId: access.organizationId,
      projectId: access.projectId,
      ca: readFileSync(access.caFile, 'utf8'),
    },
  }
}

export async function withClient<T>(settings: Settings, work: (client: Client) => Promise<T>): Promise<T> {
  const { Client, systemClock } = await import('@ingot/client')
  const { client: access } = await connectionOf(settings)
  const sleep: Clock['sleep'] = (milliseconds, signal) => {
    settings.print.note(`${access.url} has no good answer; trying again …`)
    return systemClock.sleep(milliseconds, signal)
  }
  // Somebody waits at the terminal: give up sooner than a program would.
  await using client = new Client({ ...access, retries: 2, clock: { ...systemClock, sleep } })
  return await work(client)
}
