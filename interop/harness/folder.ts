import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that is removed with all it holds when it is no longer used. */
export interface TemporaryFolder extends Disposable {
  readonly path: string
}

/** The name is short because plugins put sockets under it, whose paths hold some hundred characters. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'ingot-io-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
