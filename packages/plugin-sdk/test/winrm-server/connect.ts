import { connectWinRM } from '../../src/communicator/winrm/connect-winrm.ts'
import type { WinRMSettings } from '../../src/communicator/winrm/settings.ts'
import { RecordingUi } from '../../src/testing/recording-ui.ts'
import { type ServerOptions, WinRMServer } from './winrm-server.ts'

/** A server that listens. */
export function serve(options: ServerOptions = {}): Promise<WinRMServer> {
  return new WinRMServer(options).listen()
}

interface Surroundings {
  readonly host?: string
  readonly signal?: AbortSignal
  readonly ui?: RecordingUi
}

/** Connects as the server's user: by NTLM, unless told. */
export async function connect(
  { port }: { readonly port: number },
  settings: Partial<WinRMSettings> = {},
  { host = '127.0.0.1', signal = new AbortController().signal, ui = new RecordingUi() }: Surroundings = {},
) {
  const machine = await connectWinRM(
    { username: 'Administrator', password: 'pässword', port, useNtlm: true, timeout: 20_000, ...settings },
    { host, signal, ui, retryDelay: 20 },
  )
  return { machine, ui }
}
