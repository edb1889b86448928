import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { pack } from './tar.ts'

export interface StoredImage {
  /** `sha256:` and the digest of the tar file before its compression. */
  readonly id: string
  readonly path: string
}

/** Whether a source is an image rather than a directory. */
export function isImageId(source: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(source)
}

/** A directory of images, each in a file that is called after its id. */
export class ImageStore {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = resolve(directory)
  }

  /** Packs a directory; the image appears when it is complete. */
  async add(
    root: string,
    { level, signal }: { readonly level: number; readonly signal: AbortSignal },
  ): Promise<StoredImage & { readonly entries: number }> {
    await mkdir(this.#directory, { recursive: true })
    const unfinished = join(this.#directory, `.${randomBytes(8).toString('hex')}.part`)
    const digest = createHash('sha256')
    const packing = pack(root)
    try {
      const target = createWriteStream(unfinished)
      await pipeline(packing.content, hashed(digest), createGzip({ level }), target, { signal })
      const id = `sha256:${digest.digest('hex')}`
      await rename(unfinished, this.#pathOf(id))
      return { id, path: this.#pathOf(id), entries: await packing.entries }
    } finally {
      await rm(unfinished, { force: true })
    }
  }

  /** The tar file of an image. */
  async read(id: string): Promise<Readable> {
    const path = this.#pathOf(id)
    if (await stat(path).catch(() => undefined)) return createReadStream(path).compose(createGunzip())
    throw new Error(
      `There is no image ${id} in ${this.#directory}: build the parent first, or name its store`,
    )
  }

  /** The image that was added last. */
  async latest(): Promise<(StoredImage & { readonly size: number; readonly added: Date }) | undefined> {
    const names = await readdir(this.#directory).catch(() => [])
    const images = names.filter((name) => /^sha256-[0-9a-f]{64}\.tar\.gz$/.test(name))
    const found = await Promise.all(
      images.map(async (name) => {
        const path = join(this.#directory, name)
        const { size, mtime } = await stat(path)
        return { id: name.replace('-', ':').replace('.tar.gz', ''), path, size, added: mtime }
      }),
    )
    return found.sort((a, b) => b.added.getTime() - a.added.getTime())[0]
  }

  #pathOf(id: string): string {
    return join(this.#directory, `${id.replace(':', '-')}.tar.gz`)
  }
}

function hashed(digest: ReturnType<typeof createHash>): Transform {
  return new Transform({
    transform(chunk, _, done) {
      digest.update(chunk)
      done(undefined, chunk)
    },
  })
}
