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
import type { Server } from './server.ts'

/** `ingot serve` in a process of its own, as users run it. */
export interface RegistryServer extends Server {
  /** What points packer at it. */
  readonly access: Access
  /** Path of the project that everything is published in. */
  readonly project: string
  readonly dataDir: string
  /** An access token; each call fetches a new one. */
  token(): Promise<string>
}

const main = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'bin', 'ingot.js')

/** Starts one with a data directory of its own, and on request with a profiler that writes into a folder when it ends. */
export async function startRegistryServer(profile?: string): Promise<RegistryServer> {
  const folder = temporaryFolder()
  const dataDir = join(folder.path, 'data')
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []
  const child = serve(dataDir, flags)
  await untilItServes(child)
  const local = localAccess(dataDir)
  const access = clientVariables(local) as unknown as Access
  return {
    access,
    dataDir,
    pid: local.pid,
    port: Number(new URL(local.url).port),
    ca: readFileSync(local.caFile, 'utf8'),
    project: `/packer/2023-01-01/organizations/${local.organizationId}/projects/${local.projectId}`,
    token: () => reader(access).token(),
    async [Symbol.asyncDispose]() {
      await stopChild(child)
      folder[Symbol.dispose]()
    },
  }
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
