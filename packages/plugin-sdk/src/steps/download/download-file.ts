import { rename, rm, stat } from 'node:fs/promises'
import { lock } from '../files/lock-file.ts'
import { type Checksum, verifyFile } from './checksum.ts'
import { DownloadError } from './download-error.ts'
import { type FileSource, sourceName } from './file-source.ts'
import { type TransferContext, transfer } from './transfer.ts'

type Context = Omit<TransferContext, 'resumes'>

interface Wanted {
  readonly target: string
  readonly checksum: Checksum | undefined
}

/**
 * Brings a file to `target` unless the right one is there. It is never there but whole and, where there is a checksum,
 * right; with one, a later attempt takes up what a broken one has left beside it. One build at a time does this.
 * @throws DownloadError
 */
export async function downloadFile(
  source: FileSource,
  { target, checksum }: Wanted,
  context: Context,
): Promise<void> {
  const { ui, signal } = context
  const onWait = () => void ui.say(`Waiting for another build that downloads ${sourceName(source)}`)
  const held = await lock(`${target}.lock`, { signal, onWait })
  try {
    if (checksum && (await isRight(target, checksum, signal))) return
    await bring(source, { target, checksum }, context)
  } finally {
    await held.release()
  }
}

async function bring(source: FileSource, { target, checksum }: Wanted, context: Context): Promise<void> {
  const partial = `${target}.partial`
  if (checksum) await bringChecked(source, { partial, checksum }, context)
  else await bringUnchecked(source, partial, context)
  await rename(partial, target)
}

async function bringUnchecked(source: FileSource, partial: string, context: Context): Promise<void> {
  try {
    await transfer(source, partial, { ...context, resumes: false })
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

/** What was taken up may be of another file: then it is brought anew. */
async function bringChecked(
  source: FileSource,
  { partial, checksum }: { readonly partial: string; readonly checksum: Checksum },
  context: Context,
): Promise<void> {
  const wasThere = await isThere(partial)
  await transfer(source, partial, { ...context, resumes: true })
  try {
    await verifyFile(partial, checksum, context.signal)
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error
    await rm(partial, { force: true })
    if (!wasThere) throw error
    await bringChecked(source, { partial, checksum }, context)
  }
}

/** Whether the file is there, and the one that it should be. */
async function isRight(path: string, checksum: Checksum, signal: AbortSignal): Promise<boolean> {
  if (!(await isThere(path))) return false
  try {
    await verifyFile(path, checksum, signal)
    return true
  } catch (error) {
    if (error instanceof DownloadError) return false
    throw error
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
