import { randomBytes } from 'node:crypto'
import { access, constants, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Writes a file under another name first, so that nobody finds half of it; makes its folder where it is missing. */
export async function writeWhole(file: string, content: Uint8Array | string, mode: number): Promise<void> {
  const unfinished = join(dirname(file), `.${randomBytes(8).toString('hex')}.part`)
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(unfinished, content, { mode, flag: 'wx' })
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {})
    throw error
  }
}

/** Makes a folder where it is missing, and throws where nothing can be written into it: to know before long work. */
export async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await access(folder, constants.W_OK)
}
