import type { Communicator } from '@ingot/plugin-rpc'
import type { BuildUi } from '../../ui/build-ui.ts'
import { ConnectedMachine } from '../connected-machine.ts'
import type { SshSettings } from '../settings/ssh-settings.ts'
import { startCommand } from './command.ts'
import type { Link } from './link.ts'
import { scpTransfer } from './scp/scp-transfer.ts'
import { sftpTransfer } from './sftp/sftp-transfer.ts'
import type { SshMachine } from './ssh-machine.ts'

/** The machine at the other end of a link. */
export function machineBehind(
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
