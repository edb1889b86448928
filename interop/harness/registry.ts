import { join } from 'node:path'
import { temporaryFolder } from './folder.ts'
import { ingot, startIngot } from './ingot.ts'

/** The variables that `ingot env` prints: what points a stock client at the registry. */
export interface Access extends Readonly<Record<string, string>> {
  readonly HCP_CLIENT_ID: string
  readonly HCP_CLIENT_SECRET: string
  readonly HCP_AUTH_URL: string
  readonly HCP_API_ADDRESS: string
  readonly HCP_ORGANIZATION_ID: string
  readonly HCP_PROJECT_ID: string
  readonly SSL_CERT_FILE: string
}

/** A registry process of this repository, with a data directory of its own. */
export interface RunningRegistry extends AsyncDisposable {
  readonly access: Access
  readonly dataDir: string
  /** Stops it as a service manager does and answers its exit status. */
  stop(): Promise<number>
  /** Starts it again on the same port. */
  restart(): Promise<void>
}

const hour = 3_600_000

export async function startRegistry(): Promise<RunningRegistry> {
  await using started = new AsyncDisposableStack()
  const folder = started.use(temporaryFolder())
  const dataDir = join(folder.path, 'data')
  let process = started.use(await serve(dataDir, '127.0.0.1:0'))
  const { stdout } = await ingot('env', '--data', dataDir, '--json')
  const access: Access = JSON.parse(stdout)
  started.move()
  const stop = async () => {
    process.terminate()
    return (await process.done).exitCode
  }
  return {
    access,
    dataDir,
    stop,
    async restart() {
      process = await serve(dataDir, access.HCP_API_ADDRESS)
    },
    async [Symbol.asyncDispose]() {
      await process[Symbol.asyncDispose]()
      folder[Symbol.dispose]()
    },
  }
}

async function serve(dataDir: string, listen: string) {
  const process = startIngot(['serve', '--data', dataDir, '--listen', listen], hour)
  try {
    await process.said('Serving ')
    return process
  } catch (error) {
    await process[Symbol.asyncDispose]()
    throw error
  }
}
