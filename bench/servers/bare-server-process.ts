import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { BareOrders } from './bare-server.ts'
import { bareTable } from './bare-table.ts'

process.once('message', ({ identity, body, database }: BareOrders) => {
  const table = database === undefined ? undefined : bareTable(database)
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const server = createServer({ key: identity, cert: identity }, (request, response) => {
    const answer = () => response.writeHead(200, headers).end(body)
    if (request.method === 'GET') return void answer()
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      table?.commit(Buffer.concat(chunks).toString())
      answer()
    })
  })
  server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port))
})
