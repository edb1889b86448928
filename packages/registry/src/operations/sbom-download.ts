import { timingSafeEqual } from 'node:crypto'
import { downloadLifetime } from '../domain/limits.ts'
import { Refusal } from '../domain/refusal.ts'
import type { Sbom } from '../domain/sbom.ts'
import { unpackKept } from '../sbom/unpack.ts'
import type { SbomDocumentView } from '../views.ts'
import type { Desk } from './desk.ts'

/** A word that opens a bill of materials to whoever has it, for a while. */
export function downloadTicket({ secrets, clock }: Desk, { id }: Sbom): string {
  const until = clock.now() + downloadLifetime
  return `${id}.${until}.${seal(secrets, id, until)}`
}

/** The document behind a ticket, byte for byte as it was before it was sent. */
export async function download(desk: Desk, ticket: string): Promise<SbomDocumentView> {
  const id = holderOf(desk, ticket)
  const found = await desk.store.read(async (rows) => {
    const sbom = await rows.sboms.byId(id)
    return sbom && { name: sbom.name, content: await rows.sboms.document(id) }
  })
  if (found?.content === undefined) throw new Refusal('sbom.absent', { sbom: id })
  return { name: found.name, document: await unpackKept(Buffer.from(found.content, 'base64')) }
}

function holderOf({ secrets, clock }: Desk, ticket: string): string {
  const [id = '', until = '', sealed = ''] = ticket.split('.')
  const [given, right] = [Buffer.from(sealed), Buffer.from(seal(secrets, id, Number(until)))]
  const good = given.length === right.length && timingSafeEqual(given, right)
  if (!good || !(Number(until) > clock.now())) throw new Refusal('sbom.download', {})
  return id
}

function seal(secrets: Desk['secrets'], id: string, until: number): string {
  return secrets.derive('sbom-download', id, String(until))
}
