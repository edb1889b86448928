import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from 'node:crypto'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import type { Layout } from '../data-directory/layout.ts'
import { makePrivateDirectory, readPrivateFile, writePrivateFile } from '../data-directory/private-file.ts'
import { isWildcard } from '../listen-address.ts'
import { RegistryStartError, reasonOf } from '../start-error.ts'

const day = 24 * 3600 * 1000
/** Milliseconds that an authority is good for: clients are told to trust it, so it changes rarely. */
const authorityLife = 3650 * day
/** Apple's clients take no server certificate of more than 825 days. */
const serverLife = 397 * day
/** A certificate with less left than this is made anew. */
const renewal = 60 * day
/** Certificates begin this much before they are made, for clients whose clocks are behind. */
const backdated = day

/** What makes certificates is loaded when one has to be made: it takes longer than all the rest of a start. */
const maker = () => import('./certificate.ts')

/** What a server needs to be trusted by those who trust the authority. */
export interface ServerIdentity {
  /** PEM. */
  readonly key: string
  /** PEM: the server's certificate and the authority's. */
  readonly cert: string
  /** PEM: the authority's certificate alone. */
  readonly authority: string
}

interface Pair {
  readonly key: KeyObject
  readonly cert: X509Certificate
}

/** The identity of a server with these names: what is stored if it is still good for them, else made and stored anew. */
export async function serverIdentity(
  files: Layout,
  names: readonly string[],
  now: number,
): Promise<ServerIdentity> {
  makePrivateDirectory(files.tls.directory)
  const before = stored(files.tls.authorityKey)
  if (before) refuseEarlyClock(before, now)
  const authority = before && isFresh(before, now) ? before : await makeAuthority(files, now)
  const kept = stored(files.tls.server)
  const fits = kept && serves(kept, authority, names, now)
  const server = fits ? kept : await makeServer(files, authority, names, now)
  const ca = authority.cert.toString()
  if (readPrivateFile(files.tls.authority) !== ca) writePrivateFile(files.tls.authority, ca)
  return { key: pemOf(server.key), cert: server.cert.toString() + ca, authority: ca }
}

/** A clock that stepped back would make a new authority, which no client trusts, and give new versions old dates. */
function refuseEarlyClock({ cert }: Pair, now: number): void {
  const from = cert.validFromDate
  if (from.getTime() <= now) return
  const [says, made] = [new Date(now), from].map((date) => date.toISOString())
  throw RegistryStartError.of('clock.behind', { says: says!, made: made! })
}

function isFresh({ cert }: Pair, now: number): boolean {
  return cert.validFromDate.getTime() <= now && cert.validToDate.getTime() - now > renewal
}

function serves(server: Pair, authority: Pair, names: readonly string[], now: number): boolean {
  const { cert } = server
  return (
    isFresh(server, now) &&
    cert.verify(authority.cert.publicKey) &&
    names.every((name) => (isIP(name) === 0 ? cert.checkHost(name) : cert.checkIP(name)))
  )
}

function stored(file: string): Pair | undefined {
  const text = readPrivateFile(file)
  if (text === undefined) return
  try {
    const pair = { cert: new X509Certificate(text), key: createPrivateKey(text) }
    if (!pair.cert.checkPrivateKey(pair.key)) throw new Error('certificate and key do not belong together')
    return pair
  } catch (error) {
    const remedy =
      'Put a copy of it back, or remove it: the next start makes a new one, and clients that were told to trust the old authority must be told again.'
    throw RegistryStartError.of('file.damaged', { file, reason: reasonOf(error), remedy }, error)
  }
}

async function makeAuthority(files: Layout, now: number): Promise<Pair> {
  const { authorityCertificate } = await maker()
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const subject = `Ingot registry authority ${randomBytes(4).toString('hex')}`
  const pem = await authorityCertificate({ ...validity(now, authorityLife), subject, publicKey }, privateKey)
  return store({ cert: new X509Certificate(pem), key: privateKey }, files.tls.authorityKey)
}

async function makeServer(files: Layout, authority: Pair, names: readonly string[], now: number) {
  const { serverCertificate } = await maker()
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const facts = { ...validity(now, serverLife), subject: 'Ingot registry', publicKey, names }
  const pem = await serverCertificate(facts, authority)
  return store({ cert: new X509Certificate(pem), key: privateKey }, files.tls.server)
}

function validity(now: number, life: number) {
  return { from: new Date(now - backdated), until: new Date(now - backdated + life) }
}

/** Both in one file, so that they never part. */
function store(pair: Pair, file: string): Pair {
  writePrivateFile(file, pair.cert.toString() + pemOf(pair.key))
  return pair
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** The names under which a server that listens on this address is reached. */
export function serverNames(host: string): readonly string[] {
  const own = [hostname(), host].filter((name) => /^[a-z0-9:._-]{1,253}$/i.test(name) && !isWildcard(name))
  return [...new Set(['localhost', '127.0.0.1', '::1', ...own])]
}
