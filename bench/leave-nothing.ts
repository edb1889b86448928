import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Gives this process and its children a folder for temporary files that goes when this process ends, however it is ended. */
export function leaveNothing(): void {
  const folder = mkdtempSync(join(tmpdir(), 'ib-')) // short: sockets lie below it
  process.env['TMPDIR'] = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  for (const [name, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(name, () => process.exit(status))
  }
}
