import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { hasCode, readPrivateFile, writePrivateFile } from '../data-directory/private-file.ts'

/** Where systems keep their authorities in one file; the first that is there counts, as for Go's programs. */
const systemFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/**
 * Writes the system's authorities and ours into one file, for `SSL_CERT_FILE`: packer up to 1.9 trusts nothing else, and the
 * variable replaces the system's file. A machine without authorities of its own gets those that come with Node.
 */
export function writeTrustBundle(path: string, authority: string): void {
  const bundle = `${systemAuthorities().trimEnd()}\n${authority}`
  if (readPrivateFile(path) !== bundle) writePrivateFile(path, bundle)
}

function systemAuthorities(): string {
  for (const file of systemFiles) {
    try {
      return readFileSync(file, 'utf8')
    } catch (error) {
      if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES')) throw error
    }
  }
  return rootCertificates.join('\n')
}
