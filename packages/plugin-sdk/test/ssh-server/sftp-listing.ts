import type { Session, SFTPWrapper } from 'ssh2'
import ssh2 from 'ssh2'

const { STATUS_CODE } = ssh2.utils.sftp
const DIRECTORY = 0o040755
const FILE = 0o100644

/** A machine's files for SFTP, by name in one directory that is in itself under `loop`; a file gives a few bytes at a time. */
export function serveListing(session: Session, files: Readonly<Record<string, Buffer>>): void {
  session.on('sftp', (accept) => serve(accept(), files))
}

function serve(sftp: SFTPWrapper, files: Readonly<Record<string, Buffer>>): void {
  const handles: { readonly path: string; isRead: boolean }[] = []
  const open = (id: number, path: string) =>
    sftp.handle(id, Buffer.from([handles.push({ path, isRead: false }) - 1]))
  const attributes = (path: string) => {
    const content = files[nameOf(path)]
    return {
      mode: content ? FILE : DIRECTORY,
      uid: 0,
      gid: 0,
      size: content?.length ?? 0,
      atime: 0,
      mtime: 0,
    }
  }
  sftp.on('STAT', (id, path) => sftp.attrs(id, attributes(path)))
  sftp.on('OPENDIR', open)
  sftp.on('OPEN', (id, path) => open(id, path))
  sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK))
  sftp.on('READDIR', (id, handle) => {
    const directory = handles[handle[0]!]!
    if (directory.isRead) return sftp.status(id, STATUS_CODE.EOF)
    directory.isRead = true
    const names = ['.', '..', ...Object.keys(files)]
    sftp.name(
      id,
      names.map((filename) => ({ filename, longname: filename, attrs: attributes(filename) })),
    )
  })
  sftp.on('READ', (id, handle, offset, length) => {
    const content = files[nameOf(handles[handle[0]!]!.path)]!
    const some = content.subarray(offset, offset + Math.min(length, 1000))
    if (some.length > 0) sftp.data(id, some)
    else sftp.status(id, STATUS_CODE.EOF)
  })
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
