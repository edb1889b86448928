import type { Communicator } from '@ingot/plugin-rpc'
import type { BuildUi } from '../../ui/build-ui.ts'
import { ConnectedMachine } from '../connected-machine.ts'
import type { RemoteMachine } from '../remote-machine.ts'
import type { SshSettings } from '../settings/ssh-settings.ts'
import { startCommand } from './command.ts'
import type { Link } from './link.ts'
import { scpTransfer } from './scp/scp-transfer.ts'
import { sftpTransfer } from './sftp/sftp-transfer.ts'

/** A machine that is reached by SSH. */
export interface SshMachine extends RemoteMachine, AsyncDisposable {
  /** Ends the connection; what runs over it is told that it has been disconnected. */
  close(): Promise<void>
}

/** The machine at the other end of a link. */
export function sshMachine(
  link: Link,
  settings: SshSettings,
  around: { readonly ui: BuildUi; readonly signal: AbortSignal },
): SshMachine {
  const close = () => link.close()
  const machine = new ConnectedMachine(sshCommunicator(link, settings), around)
  return Object.assign(machine, { close, [Symbol.asyncDispose]: close })
}

function sshCommunicator(link: Link, { fileTransfer = 'scp', pty = false }: SshSettings): Communicator {
  return {
    start: (command) => startCommand(link, command, pty),
    ...(fileTransfer === 'sftp' ? sftpTransfer(link) : scpTransfer(link)),
  }
}
