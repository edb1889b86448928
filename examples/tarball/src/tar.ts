import { createReadStream } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createTarPacker, type TarHeader } from 'modern-tar'
import { unpackTar } from 'modern-tar/fs'

/** A tar file as it is made. */
export interface Packing {
  readonly content: Readable
  /** Resolves to the number of entries once the content was read. */
  readonly entries: Promise<number>
}

/** The same directory makes the same bytes, whenever and by whomever it is packed. */
export function pack(root: string): Packing {
  const { readable, controller } = createTarPacker()
  const entries = (async () => {
    const names = (await readdir(root, { recursive: true })).sort()
    for (const name of names) {
      const path = join(root, name)
      const header = await headerOf(path, name)
      const target = controller.add(header)
      if (header.type === 'file') await Readable.toWeb(createReadStream(path)).pipeTo(target)
      else await target.close()
    }
    controller.finalize()
    return names.length
  })()
  // Whoever reads learns of it.
  entries.catch((error) => controller.error(error))
  return { content: Readable.fromWeb(readable), entries }
}

async function headerOf(path: string, name: string): Promise<TarHeader> {
  const found = await lstat(path)
  // Nothing of this machine or moment: who owns it, when it was made, which umask was set.
  const common = { mtime: new Date(0), uid: 0, gid: 0, mode: found.mode & 0o100 ? 0o755 : 0o644 }
  if (found.isSymbolicLink()) {
    return { ...common, name, type: 'symlink', linkname: await readlink(path), size: 0, mode: 0o777 }
  }
  if (found.isDirectory()) return { ...common, name: `${name}/`, type: 'directory', size: 0 }
  return { ...common, name, type: 'file', size: found.size }
}

/** Lays the content of a tar file into a directory. */
export async function unpack(content: Readable, root: string): Promise<void> {
  await pipeline(content, unpackTar(root))
}
