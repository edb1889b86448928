import { basename } from 'node:path'
import type { Communicator } from '@ingot/plugin-rpc'
import { downloadDirectory, uploadDirectory } from './files/directories.ts'
import { download } from './files/download.ts'
import { type FileContext, withFileSession } from './files/file-session.ts'
import { upload } from './files/upload.ts'
import { windowsName } from './files/windows-path.ts'
import { startCommand } from './shell.ts'

/** WinRM as a communicator: commands of `cmd`, files by way of PowerShell. */
export function winRMCommunicator(context: FileContext): Communicator {
  return {
    start: (command) => startCommand(context.service, command, context.signal),
    upload: ({ path, source, info }) =>
      upload(context, { path, source, name: info ? basename(info.name) : windowsName(path) }),
    download: ({ path, target }) => withFileSession(context, (session) => download(session, path, target)),
    uploadDir: (transfer) => uploadDirectory(context, transfer),
    downloadDir: (transfer) => downloadDirectory(context, transfer),
  }
}
