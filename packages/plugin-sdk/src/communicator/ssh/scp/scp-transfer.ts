import type { FileTransfer } from '../file-transfer.ts'
import type { Link } from '../link.ts'
import { scpDownload, scpDownloadDirectory } from './scp-download.ts'
import { scpUpload, scpUploadDirectory } from './scp-upload.ts'

/** Copies files with the machine's `scp`. */
export function scpTransfer(link: Link): FileTransfer {
  return {
    upload: (file) => scpUpload(link, file),
    download: ({ path, target }) => scpDownload(link, path, target),
    uploadDir: (transfer) => scpUploadDirectory(link, transfer),
    downloadDir: (transfer) => scpDownloadDirectory(link, transfer),
  }
}
