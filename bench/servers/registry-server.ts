import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { localAccess } from '@ingot/registry'
import { clientVariables } from 'ingot'
import { temporaryFolder } from '../../interop/harness/folder.ts'
import { reader } from '../../interop/harness/reader.ts'
import type { Access } from '../../interop/harness/registry.ts'
import { startChild, stopChild } from '../children.ts'
import { FilledDatabase } from './filled-database.ts'
import type { Server } from './server.ts'

/** `ingot serve` in a process of its own, as users run it. */
export interface RegistryServer extends Server {
  /** What points packer at it. */
  readonly access: Access
  /** Path of the project that everything is published in. */
  readonly project: string
  /** Path of what only Ingot has for this project. */
  readonly extensions: string
  readonly dataDir: string
  /** An access token; each call fetches a new one. */
  token(): Promise<string>
}

const main = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'bin', 'ingot.js')

/**
 * Starts one with a data directory of its own, and on request with a profiler that writes into a folder when it ends. What
 * fills the database is called before, when there is nothing but an empty project.
 */
export async function startRegistryServer(
  profile?: string,
  fill?: (database: FilledDatabase) => void,
): Promise<RegistryServer> {
  const folder = temporaryFolder()
  const dataDir = join(folder.path, 'data')
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []
  if (fill) await found(dataDir, fill)
  const child = serve(dataDir, flags)
  await untilItServes(child)
  const local = localAccess(dataDir)
  const at = `/organizations/${local.organizationId}/projects/${local.projectId}`
  const access = clientVariables(local) as unknown as Access
  return {
    access,
    dataDir,
    pid: local.pid,
    port: Number(new URL(local.url).port),
    ca: readFileSync(local.caFile, 'utf8'),
    project: `/packer/2023-01-01${at}`,
    extensions: `/ingot/v1${at}`,
    token: () => reader(access).token(),
    async [Symbol.asyncDispose]() {
      await stopChild(child)
      folder[Symbol.dispose]()
    },
  }
}

async function found(dataDir: string, fill: (database: FilledDatabase) => void): Promise<void> {
  const child = serve(dataDir)
  await untilItServes(child)
  await stopChild(child)
  using database = new FilledDatabase(join(dataDir, 'registry.sqlite'), localAccess(dataDir).projectId)
  fill(database)
}

/** Starts the command on a free port and answers the process. */
export function serve(dataDir: string, flags: readonly string[] = []): ChildProcess {
  const args = [...flags, main, 'serve', '--json', '--data', dataDir, '--listen', '127.0.0.1:0']
  return startChild(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Resolves when the command has said where it serves. */
export async function untilItServes(child: ChildProcess): Promise<void> {
  let said = ''
  child.stderr!.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  const [first] = await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')])
  if (!String(first).includes('{')) throw new Error(`ingot serve ended with status ${first}:\n${said}`)
}
