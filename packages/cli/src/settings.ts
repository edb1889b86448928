import type { Command } from 'commander'
import { dataDirectory, listenAddress } from './data-directory.ts'
import { type Output, output } from './output/output.ts'

/** What holds for every command. */
export interface Settings {
  readonly dataDir: string
  /** Whether the data directory was named on the command line. */
  readonly dataGiven: boolean
  readonly listen: string
  readonly json: boolean
  readonly print: Output
}

export function settingsOf(command: Command): Settings {
  const { data, listen, json = false } = command.optsWithGlobals<Flags>()
  return {
    dataDir: dataDirectory(data),
    dataGiven: data !== undefined,
    listen: listenAddress(listen),
    json,
    print: output(json),
  }
}

interface Flags {
  readonly data?: string
  readonly listen?: string
  readonly json?: boolean
}
