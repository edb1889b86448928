import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

const HEX_LENGTH = 64

/** Compares a plugin file with the `_SHA256SUM` file beside it; answers with the reason when it may not be used. */
export async function refuseByChecksum(file: string): Promise<string | undefined> {
  const wanted = await readChecksum(`${file}_SHA256SUM`)
  if (wanted === undefined) {
    return 'there is no _SHA256SUM file beside it; install it again with "packer plugins install --path" or "ingot plugin install"'
  }
  if (!/^[0-9a-f]{64}$/i.test(wanted)) return 'its _SHA256SUM file holds no SHA-256 sum; install it again'
  if (wanted.toLowerCase() === (await checksumOf(file))) return undefined
  return 'it was changed after its installation (its SHA-256 sum differs); install it again'
}

/** The first 64 characters, which is all that packer looks at; undefined when there is no such file. */
async function readChecksum(path: string): Promise<string | undefined> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!handle) return undefined
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEX_LENGTH), 0, HEX_LENGTH, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function checksumOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
