import { readFileSync } from 'node:fs'
import { connect, type PeerCertificate } from 'node:tls'
import type { LocalAccess } from '@ingot/registry'
import type { Environment } from '../data-directory.ts'
import { bad, type Finding, good, reasonOf, skipped } from './check.ts'

/** Whether the server shows a certificate of our authority for its address, and whether stock clients will trust it. */
export async function checkCertificate(access: LocalAccess): Promise<Finding> {
  const check = 'certificate'
  try {
    const { valid_to } = await handshake(access, readFileSync(access.caFile, 'utf8'))
    return good(
      check,
      `valid for ${access.apiAddress} until ${new Date(valid_to).toISOString().slice(0, 10)}`,
    )
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (code === 'ECONNREFUSED') return skipped(check, 'the registry does not run')
    return bad(
      check,
      reasonOf(error),
      'Start the registry again; it makes a new certificate when one is needed',
    )
  }
}

/** Whether what `SSL_CERT_FILE` names lets stock clients trust the registry. */
export async function checkTrust(access: LocalAccess, env: Environment): Promise<Finding> {
  const check = 'trust of stock clients'
  const file = env['SSL_CERT_FILE']
  if (process.platform === 'darwin' || process.platform === 'win32') {
    return skipped(check, 'the system decides; "ingot env" shows how to add the authority')
  }
  if (!file)
    return bad(
      check,
      'SSL_CERT_FILE is not set, so packer will refuse the certificate',
      'eval "$(ingot env)"',
    )
  try {
    await handshake(access, readFileSync(file, 'utf8'))
    return good(check, `${file} holds our authority`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED')
      return skipped(check, 'the registry does not run')
    return bad(check, `${file}: ${reasonOf(error)}`, 'eval "$(ingot env)"')
  }
}

function handshake(access: LocalAccess, ca: string): Promise<PeerCertificate> {
  const { hostname, port } = new URL(access.url)
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[|\]$/g, '')
    const socket = connect({ host, port: Number(port || 443), servername: host, ca, timeout: 5000 })
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate())
      socket.end()
    })
    socket.once('timeout', () => socket.destroy(new Error('the registry does not answer within 5 s')))
    socket.once('error', reject)
  })
}
