import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ReleaseError } from './release-error.ts'

/**
 * Signs a file with GnuPG, detached and in binary, into `FILE.sig`; with the user's own key unless one is named.
 * @throws ReleaseError `signing` with what GnuPG says.
 */
export async function sign(file: string, key: string | undefined): Promise<string> {
  const signature = `${file}.sig`
  const who = key === undefined ? [] : ['--local-user', key]
  try {
    await promisify(execFile)('gpg', [
      '--batch',
      '--yes',
      ...who,
      '--output',
      signature,
      '--detach-sign',
      file,
    ])
    return signature
  } catch (error) {
    const { stderr = '', message } = error as Error & { readonly stderr?: string }
    const remedy = 'name a secret key that "gpg --list-secret-keys" lists'
    throw new ReleaseError('signing', `GnuPG cannot sign: ${stderr.trim() || message}\n${remedy}`, error)
  }
}
