import { randomBytes } from 'node:crypto'
import { RegistryStartError } from '../start-error.ts'
import type { Layout } from './layout.ts'
import { readPrivateFile, writePrivateFile } from './private-file.ts'

const length = 32

/** The key from which secrets are derived; made when there is none. Without it, secrets that were told once are other ones. */
export function secretKey(files: Layout): Buffer {
  const text = readPrivateFile(files.secretKey)
  if (text === undefined) return makeKey(files)
  const key = Buffer.from(text.trim(), 'hex')
  if (key.length === length) return key
  throw RegistryStartError.of('file.damaged', {
    file: files.secretKey,
    reason: `it does not hold ${2 * length} hexadecimal digits`,
    remedy: 'Put a copy of it back, or remove it: keys of run tasks and open download addresses change then.',
  })
}

function makeKey(files: Layout): Buffer {
  const key = randomBytes(length)
  writePrivateFile(files.secretKey, `${key.toString('hex')}\n`)
  return key
}
