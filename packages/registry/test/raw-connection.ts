import { readFileSync } from 'node:fs'
import { connect } from 'node:tls'
import type { WireClient } from './wire-client.ts'

/** Sends bytes as they are, on a connection of their own, and answers everything that comes back until it closes. */
export async function sayRaw(
  { access, port }: WireClient,
  pieces: readonly (string | Buffer)[],
  how: { readonly end?: boolean } = {},
): Promise<string> {
  const ca = readFileSync(access.caFile)
  const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca })
  let said = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    said += chunk
  })
  socket.on('error', () => undefined) // what was said until then counts
  for (const piece of pieces) socket.write(piece)
  if (how.end) socket.end()
  await new Promise((resolve) => socket.once('close', resolve))
  return said
}
